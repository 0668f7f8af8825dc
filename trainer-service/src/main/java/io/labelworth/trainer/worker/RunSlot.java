package io.labelworth.trainer.worker;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.LostRuns;
import io.labelworth.trainer.run.RunVoice;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker. Takes a run, has it trained on a thread of its own, and meanwhile keeps it: renews
 * the lock, sends the heartbeat, and gives up when the run is lost, cancelled or settled by
 * somebody else, or the service closes.
 *
 * <p>Who owns a failure: what is wrong with the run fails it; what is wrong around it (cluster,
 * disk, a dataset that is not on this machine) releases it for another try, and at the last
 * delivery fails it, since the group would drop it silently; a run that silenced its workers before
 * fails without another try.
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
    private final RunStates states;
    private final KafkaConnection connection;
    private final TrainerMetrics metrics;
    private final Clock clock;
    private final DeadLetters deadLetters;
    private final ExecutorService training;
    private volatile boolean closing;
    private volatile boolean trainingGoesOn;
    private RunSource source;

    /**
     * @param worker name of the worker
     */
    public RunSlot(
            String worker,
            TrainerGroup group,
            RunExecutor executor,
            RunStates states,
            KafkaConnection connection,
            TrainerMetrics metrics,
            Clock clock) {
        this.worker = worker;
        this.group = group;
        this.executor = executor;
        this.states = states;
        this.connection = connection;
        this.metrics = metrics;
        this.clock = clock;
        this.deadLetters = new DeadLetters(clock, worker);
        this.training = Executors.newSingleThreadExecutor(task -> new Thread(task, worker));
    }

    @Override
    public void open() {
        try {
            if (!states.awaitCaughtUp(PATIENCE)) {
                throw new KafkaException("run-status was not read within " + PATIENCE);
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
            if (source == null) {
                source = group.join(worker);
            }
            Optional<RunDelivery> delivery = source.next(POLL);
            if (delivery.isPresent()) {
                handle(delivery.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        } catch (InterruptException | AuthenticationException | AuthorizationException e) {
            throw e;
        } catch (KafkaException | ConfigurationException e) {
            // The latter when the cluster does not answer in time: it was fit before.
            log.warn(
                    "worker={} lost touch with the cluster, connecting anew: {}",
                    worker,
                    e.toString());
            disconnect();
            pause(BACKOFF);
        }
    }

    private void disconnect() {
        if (source != null) {
            source.close();
            source = null;
        }
    }

    private void handle(RunDelivery delivery) throws InterruptedException {
        if (!delivery.run().readable()) {
            bury(delivery);
            source.done();
            return;
        }
        TrainingRun run = delivery.run().value();
        if (states.isOver(run)) {
            source.done();
            return;
        }
        log.debug(
                "took attempt={} partition={} offset={} delivery={}",
                run.getAttemptId(),
                delivery.record().partition(),
                delivery.record().offset(),
                delivery.deliveries());
        metrics.took();
        TrainerMetrics.End end = TrainerMetrics.End.LOST;
        try (RunReporter reporter =
                new RunReporter(
                        run,
                        worker,
                        () -> RunVoice.take(connection, RunVoice.key(run)),
                        states,
                        clock)) {
            end = work(delivery, reporter);
        } catch (RunLostException e) {
            log.info("worker={} lets go of run={}: {}", worker, run.getRunId(), e.getMessage());
            if (states.isOver(run)) {
                source.done();
            } else {
                source.release();
            }
        } finally {
            metrics.ended(end);
        }
    }

    private void bury(RunDelivery delivery) {
        try (EventProducer producer =
                EventProducer.idempotent(connection.settings(), connection.registry(), worker)) {
            EventProducer.acknowledged(
                    DeadLetters.send(
                            producer,
                            deadLetters.about(
                                    delivery.record(),
                                    "unreadable-event",
                                    delivery.run().error())));
        }
    }

    private TrainerMetrics.End work(RunDelivery delivery, RunReporter reporter)
            throws RunLostException, InterruptedException {
        TrainingRun run = delivery.run().value();
        RunProgress progress = new RunProgress();
        if (reporter.lost() >= LostRuns.MOST) {
            RunStates.Said last = states.last(RunVoice.key(run));
            return fail(
                    delivery,
                    reporter,
                    progress,
                    LostRuns.reason(reporter.lost(), last.worker(), last.step()));
        }
        // Said before anything is done, so that a run that ends the process is known to have.
        reporter.heartbeat(progress);
        Future<Outcome> execution = training.submit(() -> executor.execute(run, progress));
        try {
            return settle(delivery, reporter, progress, watch(run, reporter, progress, execution));
        } catch (ExecutionException e) {
            return retry(delivery, reporter, progress, e.getCause());
        } finally {
            progress.abandon();
        }
    }

    /** The outcome; empty when the run is no longer this worker's. */
    private Optional<Outcome> watch(
            TrainingRun run, RunReporter reporter, RunProgress progress, Future<Outcome> execution)
            throws ExecutionException, RunLostException, InterruptedException {
        long renewAt = System.nanoTime() + source.renewEvery().toNanos();
        long beatAt = System.nanoTime() + HEARTBEAT.toNanos();
        boolean ours = true;
        while (true) {
            boolean over = states.isOver(run);
            if (ours && !over && System.nanoTime() >= beatAt) {
                reporter.heartbeat(progress);
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
            }
        }
    }

    private TrainerMetrics.End settle(
            RunDelivery delivery,
            RunReporter reporter,
            RunProgress progress,
            Optional<Outcome> outcome)
            throws RunLostException, InterruptedException {
        TrainingRun run = delivery.run().value();
        if (states.isOver(run)) {
            source.done();
            return TrainerMetrics.End.ABANDONED;
        }
        if (outcome.isEmpty()) {
            log.warn("lost run={} to another worker", run.getRunId());
            reporter.givenBack("its worker lost it");
            source.release();
            return TrainerMetrics.End.LOST;
        }
        if (outcome.get() instanceof Outcome.Finished finished) {
            reporter.finished(progress, finished);
            log.debug("finished attempt={}", run.getAttemptId());
            source.done();
            return TrainerMetrics.End.FINISHED;
        }
        if (outcome.get() instanceof Outcome.Failed failed) {
            return fail(delivery, reporter, progress, failed.reason());
        }
        reporter.givenBack("its trainer stopped");
        source.release();
        return TrainerMetrics.End.RELEASED;
    }

    private TrainerMetrics.End retry(
            RunDelivery delivery, RunReporter reporter, RunProgress progress, Throwable cause)
            throws RunLostException, InterruptedException {
        TrainingRun run = delivery.run().value();
        String reason = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        log.warn(
                "interrupted run={} delivery={}: {}",
                run.getRunId(),
                delivery.deliveries(),
                reason);
        log.debug("interrupted run={}", run.getRunId(), cause);
        if (states.isOver(run)) {
            source.done();
            return TrainerMetrics.End.ABANDONED;
        }
        if (delivery.last()) {
            String often = "it was interrupted " + delivery.deliveries() + " times, last by: ";
            return fail(delivery, reporter, progress, often + reason);
        }
        reporter.givenBack("interrupted: " + reason);
        source.release();
        // Whoever is free takes it meanwhile, and may be better off.
        pause(BACKOFF.multipliedBy(delivery.deliveries()));
        return TrainerMetrics.End.RELEASED;
    }

    private TrainerMetrics.End fail(
            RunDelivery delivery, RunReporter reporter, RunProgress progress, String reason)
            throws RunLostException, InterruptedException {
        log.warn("failed run={}: {}", delivery.run().value().getRunId(), reason);
        reporter.failed(progress, reason);
        source.done();
        return TrainerMetrics.End.FAILED;
    }

    private void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (!closing && System.nanoTime() < end) {
            Pause.of(WATCH);
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
