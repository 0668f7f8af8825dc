package io.labelworth.trainer.worker;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.run.RunState;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The runs that have a final result or have failed for good, followed at read_committed: work that
 * a redelivered or republished run need not repeat.
 */
public final class SettledRuns implements ServiceLoop.Work {

    private static final Duration POLL = Duration.ofMillis(250);

    private final EventConsumers consumers;
    private final String clientId;
    private final Set<String> runs = ConcurrentHashMap.newKeySet();
    private final Set<String> replays = ConcurrentHashMap.newKeySet();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private TopicReader<Accuracy> results;
    private TopicReader<RunStatus> statuses;

    /** A view that is empty until its loop runs. */
    public SettledRuns(EventConsumers consumers, String clientId) {
        this.consumers = consumers;
        this.clientId = clientId;
    }

    /** Whether an attempt has nothing left to do. A replay is judged apart from its run. */
    boolean contains(TrainingRun attempt) {
        return attempt.getReplayOf() == null
                ? runs.contains(attempt.getRunId())
                : replays.contains(attempt.getAttemptId());
    }

    /** Waits until the topics have been read up to where they ended at the start. */
    boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void open() {
        results = new TopicReader<>(consumers, Topics.ACCURACY, clientId + ".accuracy");
        statuses = new TopicReader<>(consumers, Topics.RUN_STATUS, clientId + ".run-status");
        results.catchUp(this::result);
        statuses.catchUp(this::status);
        caughtUp.countDown();
    }

    @Override
    public void step() {
        statuses.poll(POLL).forEach(this::status);
        results.poll(Duration.ZERO).forEach(this::result);
    }

    @Override
    public void release() {
        if (statuses != null) {
            statuses.close();
        }
        if (results != null) {
            results.close();
        }
    }

    private void result(ConsumerRecord<String, Decoded<Accuracy>> record) {
        if (record.value().readable() && record.value().value().getFinalResult()) {
            Accuracy accuracy = record.value().value();
            if (accuracy.getReplayOf() == null) {
                runs.add(accuracy.getRunId());
            } else {
                replays.add(accuracy.getAttemptId());
            }
        }
    }

    private void status(ConsumerRecord<String, Decoded<RunStatus>> record) {
        if (record.value().readable() && RunState.FAILED.is(record.value().value().getState())) {
            RunStatus failed = record.value().value();
            boolean ofTheRun = record.key().equals(failed.getRunId());
            (ofTheRun ? runs : replays).add(record.key());
        }
    }
}
