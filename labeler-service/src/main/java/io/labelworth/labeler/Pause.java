package io.labelworth.labeler;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait that another thread can end, for good. */
final class Pause {

    private final CountDownLatch ended = new CountDownLatch(1);

    /** Waits, or returns at once when {@link #end} was called. */
    void take(Duration duration) {
        try {
            ended.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the wait of another thread, and all later ones. */
    void end() {
        ended.countDown();
    }
}
