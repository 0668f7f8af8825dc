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
 * What overlaps in a session: while the polling thread reads images, one thread runs the network,
 * one makes labels and one commits. Batches stay in order. A failure of any is the polling thread's
 * to deal with: it is thrown by {@link #throwFailure}, and what is under way meanwhile is dropped.
 */
final class Pipeline implements AutoCloseable {

    /** The last stage. */
    @FunctionalInterface
    interface Publisher {
        /** Commits everything that was ready, in one transaction. */
        void publish(LabelledBatch batch);
    }

    /** What a stage does with a batch. */
    @FunctionalInterface
    private interface Step<T> {
        void take(T batch) throws CheckpointRefusedException, InterruptedException;
    }

    // Enough that the network never waits for a read, few enough to be dropped at a rebalance.
    private static final int READ_AHEAD = 4;
    // What waits is one transaction, which must end long before its timeout of 10 s.
    private static final int MOST_LABEL_BYTES = 16 << 20;
    private static final int LEAST_LABELLED = 2;
    private static final int MOST_LABELLED = 64;

    // Measured, roughly: strings and objects of a label beside its payload.
    private static final int LABEL_OVERHEAD_BYTES = 1024;
    private static final Duration LOOK_UP = Duration.ofMillis(100);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(8);

    private final Expert expert;
    private final Forward forward;
    private final LabelEncoder encoder;
    private final Publisher publisher;
    private final LabelerMetrics metrics;
    private final BlockingQueue<Batch> read = new ArrayBlockingQueue<>(READ_AHEAD);
    private final BlockingQueue<InferredBatch> inferred = new ArrayBlockingQueue<>(READ_AHEAD);
    private final BlockingQueue<LabelledBatch> labelled;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread network;
    private final Thread labeller;
    private final Thread committer;
    private volatile boolean closed;

    /**
     * A pipeline at work.
     *
     * @param expert closed by the pipeline, once its network is no longer used
     * @param batch most images of a forward pass
     */
    Pipeline(
            String name,
            Expert expert,
            int batch,
            LabelEncoder encoder,
            Publisher publisher,
            LabelerMetrics metrics) {
        this.expert = expert;
        this.forward = new Forward(expert, batch);
        this.encoder = encoder;
        this.publisher = publisher;
        this.metrics = metrics;
        labelled = new ArrayBlockingQueue<>(labelledAhead(expert, batch));
        network = new Thread(this::infer, name + "-forward");
        labeller = new Thread(this::encode, name + "-encode");
        committer = new Thread(this::commit, name + "-commit");
        network.start();
        labeller.start();
        committer.start();
    }

    /** Bytes of pixels, logits and labels that can be under way. */
    static long batchBytes(Expert expert, int batch) {
        long beside = 2; // One being read, one being inferred.
        long logits = (long) expert.classes() * Float.BYTES;
        return batch
                * ((READ_AHEAD + beside) * (expert.imageBytes() + logits)
                        + labelledAhead(expert, batch) * labelBytes(expert));
    }

    private static int labelledAhead(Expert expert, int batch) {
        long fitting = MOST_LABEL_BYTES / (batch * labelBytes(expert));
        return (int) Math.max(LEAST_LABELLED, Math.min(MOST_LABELLED, fitting));
    }

    private static long labelBytes(Expert expert) {
        return (long) expert.codec().bytes(expert.classes()) + LABEL_OVERHEAD_BYTES;
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
            stage(
                    read,
                    batch -> {
                        metrics.queueWait(System.nanoTime() - batch.readAt());
                        List<Image> images = batch.heldImages();
                        long start = System.nanoTime();
                        List<ImageInput> inputs = Image.inputs(images);
                        float[][] logits = forward.logits(inputs);
                        metrics.inferred(inputs.size(), System.nanoTime() - start);
                        inferred.put(
                                new InferredBatch(images, logits, batch.failures(), batch.next()));
                    });
        }
    }

    private void encode() {
        stage(inferred, batch -> labelled.put(encoder.encode(batch)));
    }

    private void commit() {
        stage(
                labelled,
                first -> {
                    List<LabelledBatch> batches = new ArrayList<>(List.of(first));
                    labelled.drainTo(batches);
                    underWay.addAndGet(1 - batches.size());
                    publisher.publish(LabelledBatch.joined(batches));
                    underWay.decrementAndGet();
                });
    }

    /** Takes batch after batch until closed; after a failure they are dropped. */
    private <T> void stage(BlockingQueue<T> queue, Step<T> step) {
        try {
            while (!closed) {
                T batch = queue.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
                if (batch != null) {
                    take(batch, step);
                }
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private <T> void take(T batch, Step<T> step) throws InterruptedException {
        try {
            if (!failed()) {
                step.take(batch);
                return;
            }
        } catch (CheckpointRefusedException | RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (Error e) {
            die(e);
        }
        underWay.decrementAndGet();
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
        labeller.interrupt();
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
