package io.labelworth.trainer.worker;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;

/** A wait between tries. */
final class Pause {

    private static final Duration TURN = Duration.ofMillis(100);

    private Pause() {}

    static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** Ends early when it need not go on. */
    static void of(Duration duration, BooleanSupplier over) {
        long end = System.nanoTime() + duration.toNanos();
        while (!over.getAsBoolean() && System.nanoTime() < end) {
            of(TURN);
        }
    }
}
