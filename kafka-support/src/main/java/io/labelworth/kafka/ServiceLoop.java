package io.labelworth.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that repeats one step until it is closed: the poll loop of a service. A step that
 * throws stops the loop for good, and {@link #health} says why; a step that can go on catches what
 * it owns itself.
 */
public final class ServiceLoop implements Service {

    private static final Logger log = LoggerFactory.getLogger(ServiceLoop.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /** What a loop does. All methods but {@link #wakeup} are called by the loop's thread. */
    public interface Work {

        /** Opens clients; a failure here stops the loop as one in a step does. */
        default void open() {}

        /** One turn, typically poll, process, commit; should return within a few seconds. */
        void step();

        /** Makes a blocking step return soon; called by the closing thread. */
        default void wakeup() {}

        /** Releases what {@link #open} took; called once, after the last step. */
        default void release() {}
    }

    private final String name;
    private final Work work;
    private final Thread thread;
    private final AtomicReference<ServiceState> state = new AtomicReference<>(ServiceState.NEW);
    private volatile Throwable failure;

    /** A loop that is not yet started. */
    public ServiceLoop(String name, Work work) {
        this.name = name;
        this.work = work;
        this.thread = new Thread(this::run, name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        if (!state.compareAndSet(ServiceState.NEW, ServiceState.RUNNING)) {
            throw new IllegalStateException(name + " was started before");
        }
        thread.start();
    }

    @Override
    public Health health() {
        Throwable cause = failure;
        String detail = cause == null ? name : name + " failed: " + cause.getMessage();
        return new Health(state.get(), detail);
    }

    /** Whether close was asked for; a long step looks at it. */
    public boolean closing() {
        return state.get() == ServiceState.STOPPING;
    }

    @Override
    public void close() {
        if (state.compareAndSet(ServiceState.NEW, ServiceState.STOPPED)) {
            return;
        }
        state.compareAndSet(ServiceState.RUNNING, ServiceState.STOPPING);
        work.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("{} did not stop within {} s", name, CLOSE_PATIENCE.toSeconds());
        }
    }

    private void run() {
        try {
            work.open();
            while (state.get() == ServiceState.RUNNING) {
                work.step();
            }
        } catch (WakeupException | InterruptException e) {
            if (state.get() == ServiceState.RUNNING) {
                fail(e);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            release();
            state.compareAndSet(ServiceState.STOPPING, ServiceState.STOPPED);
        }
    }

    private void fail(Throwable cause) {
        failure = cause;
        state.set(ServiceState.FAILED);
        if (cause instanceof ConfigurationException) {
            log.error("{} stopped: {}", name, cause.getMessage());
        } else {
            log.error("{} stopped: {}", name, cause.getMessage(), cause);
        }
    }

    private void release() {
        try {
            work.release();
        } catch (RuntimeException e) {
            log.warn("{} did not close its clients cleanly: {}", name, e.getMessage(), e);
        }
    }
}
