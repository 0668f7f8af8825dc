package io.labelworth.labeler;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Images per second over the last seconds, the one under way left out. Used by one thread. */
final class Rate {

    private static final int SECONDS = 10;

    private final long[] counts = new long[SECONDS + 1];
    private final long start = now();
    private long current = start;

    /** Counts images labelled now. */
    void add(int images) {
        moveTo(now());
        counts[slot(current)] += images;
    }

    /** Empty during the first second. */
    OptionalDouble perSecond() {
        moveTo(now());
        long seconds = Math.min(SECONDS, current - start);
        if (seconds == 0) {
            return OptionalDouble.empty();
        }
        long whole = Arrays.stream(counts).sum() - counts[slot(current)];
        return OptionalDouble.of((double) whole / seconds);
    }

    private void moveTo(long second) {
        if (second - current > SECONDS) {
            Arrays.fill(counts, 0);
            current = second;
        }
        while (current < second) {
            current++;
            counts[slot(current)] = 0;
        }
    }

    private static int slot(long second) {
        return Math.floorMod(second, SECONDS + 1);
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    }
}
