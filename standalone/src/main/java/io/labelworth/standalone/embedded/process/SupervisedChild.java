package io.labelworth.standalone.embedded.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child JVM that is started again, with the same command, when it dies without being asked to.
 *
 * <pre>
 *   launch -> awaitReady -> supervise -> (dies -> launched again)* -> stop
 *                                              |
 *                                              +-> given up: budget used up, or no use
 * </pre>
 */
public final class SupervisedChild {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedChild.class);

    private final ChildCommand command;
    private final BooleanSupplier probe;
    private final Duration startLimit;
    private final RestartBudget budget;
    private final Consumer<ChildException> givenUp;

    private ChildProcess process;
    private boolean stopping;

    /**
     * @param command how to run it
     * @param probe says whether it serves; must answer within a second or so
     * @param startLimit how long it may take until it serves
     * @param budget how often it may be started again
     * @param givenUp told once, on the supervising thread, when it will not be started again
     */
    public SupervisedChild(
            ChildCommand command,
            BooleanSupplier probe,
            Duration startLimit,
            RestartBudget budget,
            Consumer<ChildException> givenUp) {
        this.command = command;
        this.probe = probe;
        this.startLimit = startLimit;
        this.budget = budget;
        this.givenUp = givenUp;
    }

    /**
     * Starts the process and returns at once; does nothing after {@link #stop}.
     *
     * @throws ChildException when the system cannot start it
     */
    public synchronized void launch() {
        if (!stopping) {
            process = ChildProcess.launch(command);
        }
    }

    /**
     * Waits until it serves.
     *
     * @throws ChildException when it dies first or takes too long
     */
    public void awaitReady() throws InterruptedException {
        current().awaitReady(probe, startLimit);
    }

    /** From now on a death is answered by a restart. */
    public void supervise() {
        Thread supervisor = new Thread(this::restartWhenItDies, command.name() + "-supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    /** Process id of the present process. */
    public long pid() {
        return current().pid();
    }

    /** Whether it runs and serves. */
    public boolean isReady() {
        return current().isAlive() && probe.getAsBoolean();
    }

    /** Stops it, kills it when it has not ended after the grace, and never starts it again. */
    public void stop(Duration grace) {
        ChildProcess last;
        synchronized (this) {
            stopping = true;
            last = process;
        }
        if (last != null) {
            last.stop(grace);
        }
    }

    private void restartWhenItDies() {
        try {
            while (true) {
                current().awaitExit();
                if (isStopping()) {
                    return;
                }
                ChildException death = current().failure();
                if (!death.isWorthRestarting()) {
                    givenUp.accept(death);
                    return;
                }
                if (!budget.take()) {
                    givenUp.accept(
                            new ChildException(
                                    death.reason(),
                                    death.getMessage() + "; given up after " + budget));
                    return;
                }
                LOG.warn("{}; starting it again", death.getMessage());
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            givenUp.accept(
                    new ChildException(
                            ChildException.Reason.OTHER,
                            "cannot start the " + command.name() + " again: " + e.getMessage()));
        }
    }

    private void restart() throws InterruptedException {
        launch();
        ChildProcess restarted = current();
        try {
            restarted.awaitReady(probe, startLimit);
        } catch (ChildException e) {
            // A start that hangs ends as a death, and the loop decides about that one too.
            restarted.stop(Duration.ZERO);
        }
    }

    private synchronized ChildProcess current() {
        return process;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }
}
