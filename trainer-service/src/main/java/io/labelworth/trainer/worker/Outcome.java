package io.labelworth.trainer.worker;

import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.DistilledSet;

/** How an execution ended. */
sealed interface Outcome {

    /**
     * With a result.
     *
     * @param manifest the set trained on
     * @param result the final result
     */
    record Finished(DistilledSet manifest, Accuracy result) implements Outcome {}

    /**
     * With a reason why there will be none.
     *
     * @param reason one line
     */
    record Failed(String reason) implements Outcome {}

    /** Given up because it is no longer this worker's to finish. */
    record Abandoned() implements Outcome {}
}
