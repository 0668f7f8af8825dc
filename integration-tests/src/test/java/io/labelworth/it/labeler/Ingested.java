package io.labelworth.it.labeler;

import io.labelworth.schemas.event.ImageRef;
import java.util.List;

/**
 * The first images of a dataset, more of them as time goes on: labelers always have work, so their
 * speed decides no test that needs them in the middle of it.
 */
final class Ingested {

    /** Images of a dataset that no test gets to the end of. */
    static final int PLENTY = 100_000;

    private static final int BACKLOG = 2_000;
    private static final int LONG_BACKLOG = 20_000;

    private final LabelingCluster cluster;
    private final TinyImages images;
    private int count;

    Ingested(LabelingCluster cluster, TinyImages images) {
        this.cluster = cluster;
        this.images = images;
    }

    /** Sees that there is some work beyond what is labelled. */
    void ahead(int labelled) {
        upTo(labelled + BACKLOG);
    }

    /** Sees that there is work for seconds beyond what is labelled. */
    void farAhead(int labelled) {
        upTo(labelled + LONG_BACKLOG);
    }

    /** Adds a few more. */
    void add(int more) {
        upTo(count + more);
    }

    private void upTo(int wanted) {
        int end = Math.min(wanted, images.refs().size());
        if (end > count) {
            cluster.ingest(images.refs().subList(count, end));
            count = end;
        }
    }

    int count() {
        return count;
    }

    List<ImageRef> refs() {
        return images.refs().subList(0, count);
    }
}
