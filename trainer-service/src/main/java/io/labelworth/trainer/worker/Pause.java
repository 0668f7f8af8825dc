package io.labelworth.trainer.worker;

import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;

/** A wait between tries. */
final class Pause {

    private Pause() {}

    static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
