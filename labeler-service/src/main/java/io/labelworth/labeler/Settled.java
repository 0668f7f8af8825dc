package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A view at a moment, exact. Commit markers land partition by partition: a group's committed offset
 * may be visible while what the same transaction wrote elsewhere is not yet. Every record of a
 * topic written before now is below its end of now, open transactions included, so once the view
 * has passed that end, all of them are decided and known.
 *
 * @param <V> the view
 */
final class Settled<V> {

    // A dead labeler's open transaction holds the view back for 12 s (KAFKA.md).
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final Supplier<Map<Integer, Long>> writtenEnd;
    private final ReadPositions positions;
    private final V view;

    /**
     * @param topic name, for messages
     * @param writtenEnd asks for the end of the topic by partition, records of open transactions
     *     included
     * @param positions how far the view is
     */
    Settled(
            String topic,
            Supplier<Map<Integer, Long>> writtenEnd,
            ReadPositions positions,
            V view) {
        this.topic = topic;
        this.writtenEnd = writtenEnd;
        this.positions = positions;
        this.view = view;
    }

    /** The view, as far as it is. */
    V view() {
        return view;
    }

    /**
     * The view, once it knows every record written before this call.
     *
     * @throws ConfigurationException when it does not come that far in time
     */
    V now() {
        try {
            if (positions.await(writtenEnd.get(), PATIENCE)) {
                return view;
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        throw new ConfigurationException(
                topic
                        + " could not be read to its end within "
                        + PATIENCE.toSeconds()
                        + " s; look for a transaction that hangs");
    }
}
