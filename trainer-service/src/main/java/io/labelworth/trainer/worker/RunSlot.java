package io.labelworth.trainer.worker;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.event.TrainingRun;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker. Takes a run, has it trained on a thread of its own, and meanwhile keeps it: renews
 * the lock, sends the heartbeat, and gives up when the run is lost, settled by somebody else, or
 * the service closes.
 *
 * <p>Who owns a failure: what is wrong with the run fails it; what is wrong around it (cluster,
 * disk) releases it for another try, and at the last delivery fails it, since the group would drop
 * it silently; another process with this worker's name stops the service.
 */
public final class RunSlot implements ServiceLoop.Work {

    private static final Logger log = LoggerFactory.getLogger(RunSlot.class);

    /** Short: a poll whose fetch brings only a commit marker sleeps until its end. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration WATCH = Duration.ofMillis(100);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration BACKOFF = Duration.ofSeconds(2);
    private static final Duration LAST_STEPS = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String worker;
    private final TrainerGroup group;
    private final RunExecutor executor;
    private final SettledRuns settled;
    private final KafkaConnection connection;
    private final Clock clock;
    private final DeadLetters deadLetters;
    private final Fencings fencings;
    private final ExecutorService training;
    private volatile boolean closing;
    private volatile boolean trainingGoesOn;
    private RunSource source;
    private RunReporter reporter;

    /**
     * @param worker name of the worker and its transactional id: stable over restarts
     */
    public RunSlot(
            String worker,
            TrainerGroup group,
            RunExecutor executor,
            SettledRuns settled,
            KafkaConnection connection,
            Clock clock) {
        this.worker = worker;
        this.group = group;
        this.executor = executor;
        this.settled = settled;
        this.connection = connection;
        this.clock = clock;
        this.deadLetters = new DeadLetters(clock, worker);
        this.fencings = new Fencings(worker, clock);
        this.training = Executors.newSingleThreadExecutor(task -> new Thread(task, worker));
    }

    @Override
    public void open() {
        try {
            if (!settled.awaitCaughtUp(PATIENCE)) {
                throw new KafkaException("accuracy was not read within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @Override
    public void step() {
        if (closing) {
            // A run taken now would be given back at once and cost it a delivery.
            Pause.of(WATCH);
            return;
        }
        try {
            connect();
            source.next(POLL).ifPresent(this::handle);
        } catch (ProducerFencedException e) {
            fencings.add(e);
            disconnect();
            Pause.of(BACKOFF);
        } catch (InterruptException | AuthenticationException | AuthorizationException e) {
            throw e;
        } catch (KafkaException e) {
            log.warn(
                    "worker={} lost touch with the cluster, connecting anew: {}",
                    worker,
                    e.toString());
            disconnect();
            Pause.of(BACKOFF);
        }
    }

    private void connect() {
        if (reporter == null) {
            reporter = RunReporter.of(connection, clock, worker);
        }
        if (source == null) {
            source = group.join(worker);
        }
    }

    private void disconnect() {
        if (source != null) {
            source.close();
            source = null;
        }
        if (reporter != null) {
            reporter.close();
            reporter = null;
        }
    }

    private void handle(RunDelivery delivery) {
        if (!delivery.run().readable()) {
            reporter.unreadable(
                    deadLetters.about(
                            delivery.record(), "unreadable-event", delivery.run().error()));
            source.done();
            return;
        }
        TrainingRun run = delivery.run().value();
        if (settled.contains(run)) {
            source.done();
            return;
        }
        log.debug(
                "took attempt={} partition={} offset={} delivery={}",
                run.getAttemptId(),
                delivery.record().partition(),
                delivery.record().offset(),
                delivery.deliveries());
        RunProgress progress = new RunProgress();
        Future<Outcome> execution = training.submit(() -> executor.execute(run, progress));
        try {
            settle(delivery, progress, watch(run, progress, execution));
        } catch (ExecutionException e) {
            retry(delivery, progress, e.getCause());
        } finally {
            progress.abandon();
        }
    }

    /** The outcome; empty when the run is no longer this worker's. */
    private Optional<Outcome> watch(
            TrainingRun run, RunProgress progress, Future<Outcome> execution)
            throws ExecutionException {
        long renewAt = System.nanoTime() + source.renewEvery().toNanos();
        long beatAt = System.nanoTime();
        boolean ours = true;
        while (true) {
            boolean over = settled.contains(run);
            if (ours && !over && System.nanoTime() >= beatAt) {
                reporter.heartbeat(run, progress);
                beatAt = System.nanoTime() + HEARTBEAT.toNanos();
            }
            if (ours && System.nanoTime() >= renewAt) {
                ours = source.renew();
                log.debug("renewed run={} ours={}", run.getRunId(), ours);
                renewAt = System.nanoTime() + source.renewEvery().toNanos();
            }
            if (!ours || closing || over) {
                progress.abandon();
            }
            try {
                Outcome outcome = execution.get(WATCH.toMillis(), TimeUnit.MILLISECONDS);
                return ours ? Optional.of(outcome) : Optional.empty();
            } catch (TimeoutException e) {
                // Still training; an evaluation goes on to its end, which closing cannot wait for.
                if (closing) {
                    return Optional.of(new Outcome.Abandoned());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        }
    }

    private void settle(RunDelivery delivery, RunProgress progress, Optional<Outcome> outcome) {
        TrainingRun run = delivery.run().value();
        if (outcome.isEmpty()) {
            log.warn("lost run={} to another worker", run.getRunId());
            source.release();
        } else if (settled.contains(run)) {
            source.done();
        } else if (outcome.get() instanceof Outcome.Finished finished) {
            reporter.finished(run, progress, finished);
            log.debug("finished attempt={}", run.getAttemptId());
            source.done();
        } else if (outcome.get() instanceof Outcome.Failed failed) {
            log.warn("failed run={}: {}", run.getRunId(), failed.reason());
            reporter.failed(run, progress, failed.reason());
            source.done();
        } else {
            source.release();
        }
    }

    private void retry(RunDelivery delivery, RunProgress progress, Throwable cause) {
        TrainingRun run = delivery.run().value();
        String reason = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        log.warn(
                "interrupted run={} delivery={}: {}",
                run.getRunId(),
                delivery.deliveries(),
                reason);
        log.debug("interrupted run={}", run.getRunId(), cause);
        if (settled.contains(run)) {
            source.done();
        } else if (delivery.last()) {
            String often = "it was interrupted " + delivery.deliveries() + " times, last by: ";
            reporter.failed(run, progress, often + reason);
            source.done();
        } else {
            Pause.of(BACKOFF.multipliedBy(delivery.deliveries()));
            source.release();
        }
    }

    @Override
    public void wakeup() {
        closing = true;
    }

    @Override
    public void release() {
        training.shutdownNow();
        try {
            disconnect();
        } finally {
            trainingGoesOn = !trainingEnded();
        }
    }

    /** Whether, after the slot was released, its training thread still reads the label view. */
    public boolean trainingGoesOn() {
        return trainingGoesOn;
    }

    private boolean trainingEnded() {
        try {
            return training.awaitTermination(LAST_STEPS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
