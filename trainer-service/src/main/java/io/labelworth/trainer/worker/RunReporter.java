package io.labelworth.trainer.worker;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.ProducerUnusableException;
import io.labelworth.kafka.TransactionAbortedException;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker says about its runs: heartbeats and curve points as they come, and the end of an
 * attempt in one transaction, after everything before it has been acknowledged. Used by one thread.
 */
final class RunReporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunReporter.class);
    private static final int TRIES = 10;
    private static final Duration BACKOFF = Duration.ofSeconds(1);

    private final Supplier<EventProducer> transactional;
    private final Clock clock;
    private final String worker;
    private final EventProducer asItComes;
    private EventProducer atTheEnd;
    private Future<RecordMetadata> lastSent;

    /**
     * @param transactional opens the producer of an attempt's end, again when it became unusable
     * @param asItComes producer of heartbeats and curve points, opened after the first
     */
    RunReporter(
            Supplier<EventProducer> transactional,
            Supplier<EventProducer> asItComes,
            Clock clock,
            String worker) {
        this.transactional = transactional;
        this.clock = clock;
        this.worker = worker;
        this.atTheEnd = transactional.get();
        this.asItComes = asItComes.get();
    }

    /**
     * A reporter with producers of its own.
     *
     * @param worker name of the worker, its transactional id: stable over restarts
     */
    static RunReporter of(KafkaConnection connection, Clock clock, String worker) {
        return new RunReporter(
                () ->
                        EventProducer.transactional(
                                connection.settings(), connection.registry(), worker),
                () ->
                        EventProducer.idempotent(
                                connection.settings(),
                                connection.registry(),
                                worker + ".heartbeat"),
                clock,
                worker);
    }

    /** Says that a run is being worked on, and publishes the curve points there are. */
    void heartbeat(TrainingRun run, RunProgress progress) {
        for (Accuracy p = progress.nextPoint(); p != null; p = progress.nextPoint()) {
            progress.sent(asItComes.send(Topics.ACCURACY, p.getRunId(), p));
        }
        lastSent =
                asItComes.send(
                        Topics.RUN_STATUS,
                        statusKey(run),
                        status(run, RunState.RUNNING, null, progress));
    }

    /** Ends an attempt with its result. */
    void finished(TrainingRun run, RunProgress progress, Outcome.Finished outcome) {
        RunStatus status = status(run, RunState.DONE, null, progress);
        end(
                run,
                progress,
                () -> {
                    atTheEnd.send(
                            Topics.DISTILLED_SETS,
                            outcome.manifest().getSetId(),
                            outcome.manifest());
                    atTheEnd.send(Topics.ACCURACY, run.getRunId(), outcome.result());
                    atTheEnd.send(Topics.RUN_STATUS, statusKey(run), status);
                });
    }

    /** Ends a run without a result. */
    void failed(TrainingRun run, RunProgress progress, String reason) {
        RunStatus status = status(run, RunState.FAILED, reason, progress);
        end(run, progress, () -> atTheEnd.send(Topics.RUN_STATUS, statusKey(run), status));
    }

    /** Writes down a record that is no run. */
    void unreadable(DeadLetter letter) {
        transaction(() -> DeadLetters.send(atTheEnd, letter));
    }

    private void end(TrainingRun run, RunProgress progress, Runnable body) {
        heartbeat(run, progress);
        // A result whose curve has a hole would stand for good; without it the run is had again.
        progress.sent().forEach(EventProducer::acknowledged);
        EventProducer.acknowledged(lastSent);
        transaction(body);
    }

    private void transaction(Runnable body) {
        for (int tries = 1; ; tries++) {
            try {
                atTheEnd.inTransaction(body);
                return;
            } catch (TransactionAbortedException e) {
                retry(tries, e);
            } catch (ProducerUnusableException e) {
                retry(tries, e);
                atTheEnd.close();
                atTheEnd = transactional.get();
            }
        }
    }

    private void retry(int tries, RuntimeException failure) {
        if (tries == TRIES) {
            throw new KafkaException("gave up after " + TRIES + " tries", failure);
        }
        log.warn("writing a result again, worker={}: {}", worker, failure.getMessage());
        Pause.of(BACKOFF);
    }

    private RunStatus status(TrainingRun run, RunState state, String reason, RunProgress progress) {
        return RunStatus.newBuilder()
                .setRunId(run.getRunId())
                .setAttemptId(run.getAttemptId())
                .setAttempt(run.getAttempt())
                .setExperimentId(run.getExperimentId())
                .setState(state.wire())
                .setReason(reason)
                .setWorker(worker)
                .setStep(progress.step())
                .setSteps(progress.steps())
                .setUpdatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /** A replay must not take the place of its run's own status, which nothing follows. */
    private static String statusKey(TrainingRun run) {
        return run.getReplayOf() == null ? run.getRunId() : run.getAttemptId();
    }

    @Override
    public void close() {
        asItComes.close();
        atTheEnd.close();
    }
}
