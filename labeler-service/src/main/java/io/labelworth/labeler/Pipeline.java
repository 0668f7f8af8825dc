package io.labelworth.labeler;

import io.labelworth.kafka.ProducerUnusableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What overlaps in a session: while the polling thread reads images, one thread runs the network
 * and one commits. Batches stay in order. A failure of either thread is the polling thread's to
 * deal with: it is thrown by {@link #throwFailure}, and what is under way meanwhile is dropped.
 */
final class Pipeline implements AutoCloseable {

    /** The last stage: makes labels of what the network says, and commits them. */
    @FunctionalInterface
    interface Publisher {
        /** Batches that follow each other, in one transaction. */
        void publish(List<InferredBatch> batches);
    }

    // Enough that the network never waits for a read, few enough to be dropped at a rebalance.
    private static final int READ_AHEAD = 4;
    private static final int MOST_LOGIT_BYTES = 64 << 20;
    private static final int LEAST_INFERRED = 2;
    private static final int MOST_INFERRED = 64;
    private static final Duration LOOK_UP = Duration.ofMillis(100);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(8);

    private final Expert expert;
    private final Forward forward;
    private final Publisher publisher;
    private final LabelerMetrics metrics;
    private final BlockingQueue<Batch> read = new ArrayBlockingQueue<>(READ_AHEAD);
    private final BlockingQueue<InferredBatch> inferred;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread network;
    private final Thread committer;
    private volatile boolean closed;

    /**
     * A pipeline at work.
     *
     * @param expert closed by the pipeline, once its network is no longer used
     * @param batch most images of a forward pass
     */
    Pipeline(String name, Expert expert, int batch, Publisher publisher, LabelerMetrics metrics) {
        this.expert = expert;
        this.forward = new Forward(expert, batch);
        this.publisher = publisher;
        this.metrics = metrics;
        inferred = new ArrayBlockingQueue<>(inferredAhead(expert, batch));
        network = new Thread(this::infer, name + "-forward");
        committer = new Thread(this::commit, name + "-commit");
        network.start();
        committer.start();
    }

    /** Bytes of pixels and logits that can be under way. */
    static long batchBytes(Expert expert, int batch) {
        long beside = 2; // One being read, one being inferred.
        return batch
                * ((READ_AHEAD + beside) * expert.imageBytes()
                        + inferredAhead(expert, batch) * logitBytes(expert));
    }

    private static int inferredAhead(Expert expert, int batch) {
        long fitting = MOST_LOGIT_BYTES / (batch * logitBytes(expert));
        return (int) Math.max(LEAST_INFERRED, Math.min(MOST_INFERRED, fitting));
    }

    private static long logitBytes(Expert expert) {
        return (long) expert.classes() * Float.BYTES;
    }

    /** Hands a batch over; false when there was no room for it in time. */
    boolean offer(Batch batch, Duration patience) {
        underWay.incrementAndGet();
        boolean taken = false;
        try {
            taken = read.offer(batch, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            if (!taken) {
                underWay.decrementAndGet();
            }
        }
        return taken;
    }

    /** Whether everything handed over was committed or dropped. */
    boolean idle() {
        return underWay.get() == 0;
    }

    /**
     * Throws what went wrong, once; until {@link #resume} what is under way is dropped.
     *
     * @throws CheckpointRefusedException when the network fails
     */
    void throwFailure() throws CheckpointRefusedException {
        Exception cause = failure.get();
        if (cause instanceof CheckpointRefusedException refused) {
            throw refused;
        }
        if (cause instanceof RuntimeException other) {
            throw other;
        }
    }

    /** Whether something went wrong that {@link #throwFailure} will throw. */
    boolean failed() {
        return failure.get() != null;
    }

    /** Goes on after a failure; claims of what was under way are void by now. */
    void resume() {
        failure.set(null);
    }

    private void infer() {
        try (expert) {
            while (!closed) {
                Batch batch = read.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
                if (batch != null) {
                    metrics.queueWait(System.nanoTime() - batch.readAt());
                    handOn(batch);
                }
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private void handOn(Batch batch) throws InterruptedException {
        try {
            if (!failed()) {
                List<Image> images = batch.heldImages();
                long start = System.nanoTime();
                float[][] logits = forward.logits(images.stream().map(Image::pixels).toList());
                metrics.inferred(images.size(), System.nanoTime() - start);
                inferred.put(new InferredBatch(images, logits, batch.failures(), batch.next()));
                return;
            }
        } catch (CheckpointRefusedException | RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (Error e) {
            die(e);
        }
        underWay.decrementAndGet();
    }

    private void commit() {
        List<InferredBatch> batches = new ArrayList<>();
        try {
            while (!closed) {
                InferredBatch first = inferred.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batches.add(first);
                    inferred.drainTo(batches);
                    publish(batches);
                    underWay.addAndGet(-batches.size());
                    batches.clear();
                }
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private void publish(List<InferredBatch> batches) {
        try {
            if (!failed()) {
                publisher.publish(batches);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (Error e) {
            die(e);
        }
    }

    /** Nobody waits for a thread that is gone: the worker stops with the cause. */
    private void die(Error cause) {
        failure.set(new IllegalStateException("a session's thread died: " + cause, cause));
        throw cause;
    }

    /**
     * Lets a transaction under way end, for some seconds, and drops the rest.
     *
     * @throws ProducerUnusableException when the transaction does not end
     */
    @Override
    public void close() {
        closed = true;
        boolean ended = join(committer);
        // A forward pass may take long; the thread closes the expert when it is over.
        network.interrupt();
        if (!ended) {
            throw new ProducerUnusableException(
                    new TimeoutException(
                            "a transaction did not end within "
                                    + CLOSE_PATIENCE.toSeconds()
                                    + " s"));
        }
    }

    private static boolean join(Thread thread) {
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
