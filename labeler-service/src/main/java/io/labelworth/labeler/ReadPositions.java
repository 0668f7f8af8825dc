package io.labelworth.labeler;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How far a view has read its topic; whoever needs more waits. Safe to share between threads. */
final class ReadPositions {

    private final Map<Integer, Long> next = new HashMap<>();

    /** Every committed record of {@code partition} below {@code nextOffset} was taken over. */
    synchronized void passed(int partition, long nextOffset) {
        next.put(partition, nextOffset);
        notifyAll();
    }

    /**
     * Waits until the view has passed the given offsets.
     *
     * @param ends next offset by partition
     * @return whether it did in time
     */
    synchronized boolean await(Map<Integer, Long> ends, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!passed(ends)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    private boolean passed(Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
