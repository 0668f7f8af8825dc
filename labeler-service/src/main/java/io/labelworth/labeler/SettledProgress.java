package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Progress at a moment, exact. Commit markers land partition by partition: a group's committed
 * offset may be visible while the progress of the same transaction is not yet. Every record of
 * labeling-progress written before now is below its end of now, open transactions included, so once
 * the view has passed that end, all of them are decided and known.
 */
final class SettledProgress {

    // A dead labeler's open transaction holds the view back for 12 s (KAFKA.md).
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Map<Integer, Long>> writtenEnd;
    private final ProgressView view;

    /**
     * @param writtenEnd asks for the end of labeling-progress by partition, records of open
     *     transactions included
     */
    SettledProgress(Supplier<Map<Integer, Long>> writtenEnd, ProgressView view) {
        this.writtenEnd = writtenEnd;
        this.view = view;
    }

    /**
     * The view, once it knows every record written before this call.
     *
     * @throws ConfigurationException when it does not come that far in time
     */
    ProgressView now() {
        try {
            if (view.awaitPassed(writtenEnd.get(), PATIENCE)) {
                return view;
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        throw new ConfigurationException(
                "labeling-progress could not be read to its end within "
                        + PATIENCE.toSeconds()
                        + " s; look for a transaction that hangs");
    }
}
