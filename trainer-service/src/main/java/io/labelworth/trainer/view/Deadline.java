package io.labelworth.trainer.view;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Until when a run waits: a time, or the moment nobody wants it any more. */
record Deadline(long nanoTime, BooleanSupplier abandoned) {

    static Deadline in(Duration patience, BooleanSupplier abandoned) {
        return new Deadline(System.nanoTime() + patience.toNanos(), abandoned);
    }

    boolean passed() {
        return System.nanoTime() - nanoTime >= 0 || abandoned.getAsBoolean();
    }
}
