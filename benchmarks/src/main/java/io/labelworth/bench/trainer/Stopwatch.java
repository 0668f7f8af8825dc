package io.labelworth.bench.trainer;

import java.util.concurrent.CountDownLatch;

/**
 * Times several trainings that run side by side: each warms up, all wait for the start without
 * stopping, each counts its images over a window of its own steps, and none ends before all have.
 */
final class Stopwatch {

    private final long warmUpNanos;
    private final long windowNanos;
    private final CountDownLatch warm;
    private final CountDownLatch done;
    private double imagesPerSecond;
    private volatile boolean started;

    Stopwatch(int trainings, double warmUpSeconds, double windowSeconds) {
        warmUpNanos = Math.round(warmUpSeconds * 1e9);
        windowNanos = Math.round(windowSeconds * 1e9);
        warm = new CountDownLatch(trainings);
        done = new CountDownLatch(trainings);
    }

    /** Waits until all are warm. */
    void awaitWarm() throws InterruptedException {
        warm.await();
    }

    /**
     * Measures from now on.
     *
     * @return images per second of all together
     */
    double measure() throws InterruptedException {
        started = true;
        done.await();
        synchronized (this) {
            return imagesPerSecond;
        }
    }

    /** Whether all have been measured. */
    boolean isDone() {
        return done.getCount() == 0;
    }

    private synchronized void add(double rate) {
        imagesPerSecond += rate;
        done.countDown();
    }

    /** What one training tells; used by its thread. */
    final class Lap {

        private final long begun = System.nanoTime();
        private boolean warmedUp;
        private boolean finished;
        private long start;
        private long images;

        /** A step was taken. */
        void step(int stepImages) {
            long now = System.nanoTime();
            if (!warmedUp && now - begun >= warmUpNanos) {
                warmedUp = true;
                warm.countDown();
            }
            if (!started || finished) {
                return;
            }
            if (start == 0) {
                start = now;
                return;
            }
            images += stepImages;
            if (now - start >= windowNanos) {
                finished = true;
                add(images * 1e9 / (now - start));
            }
        }
    }
}
