package io.labelworth.labeler;

import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.SoftLabel;
import java.util.List;

/**
 * What became of a batch of image references: each is a label, a dead letter, or not this
 * checkpoint's business.
 *
 * @param labels in the order of the references
 * @param letters one for each reference that cannot be labelled
 */
record LabelledBatch(List<Label> labels, List<DeadLetter> letters) {

    /**
     * A label and where it goes.
     *
     * @param partition of soft-labels: that of its image reference in image-refs
     */
    record Label(int partition, String key, SoftLabel event) {}
}
