package io.labelworth.labeler;

import io.labelworth.schemas.event.LabelingProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is left to label: the end of image-refs minus the progress of a labelling. Shared by all
 * workers.
 */
final class Backlog {

    private final ProgressView progress;
    private final Supplier<Map<Integer, Long>> imageRefsEnd;
    private final int batch;
    private final Duration patience;
    private final Clock clock;
    private final Map<String, Instant> laggingSince = new HashMap<>();

    /**
     * @param imageRefsEnd next offset of image-refs by partition
     * @param batch a lag this large is due at once
     * @param patience a smaller one is due after this time
     */
    Backlog(
            ProgressView progress,
            Supplier<Map<Integer, Long>> imageRefsEnd,
            int batch,
            Duration patience,
            Clock clock) {
        this.progress = progress;
        this.imageRefsEnd = imageRefsEnd;
        this.batch = batch;
        this.patience = patience;
        this.clock = clock;
    }

    /** Offsets of image-refs that a labelling has not passed, over all partitions. */
    long lag(String labellingId) {
        long lag = 0;
        for (Map.Entry<Integer, Long> end : imageRefsEnd.get().entrySet()) {
            long next =
                    progress.of(labellingId, end.getKey())
                            .map(LabelingProgress::getNextImageRefOffset)
                            .orElse(0L);
            lag += Math.max(0, end.getValue() - next);
        }
        return lag;
    }

    /** Whether a worker should be opened: a batch is waiting, or something has waited for long. */
    synchronized boolean due(String labellingId) {
        long lag = lag(labellingId);
        if (lag == 0) {
            laggingSince.remove(labellingId);
            return false;
        }
        Instant now = clock.instant();
        Instant since = laggingSince.computeIfAbsent(labellingId, id -> now);
        return lag >= batch || !now.isBefore(since.plus(patience));
    }
}
