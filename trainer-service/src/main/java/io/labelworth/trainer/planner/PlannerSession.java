package io.labelworth.trainer.planner;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The planner at work, from taking over to stepping down. Opening it has fenced any planner before
 * it, so that the topics hold all that was ever published when they are read.
 */
final class PlannerSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PlannerSession.class);

    private final PlannerState state;
    private final EventProducer producer;
    private final WorkerAssignments assignments;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final List<Feed<?>> feeds = new ArrayList<>();
    private final List<DeadLetter> refused = new ArrayList<>();
    private final Set<String> lettersWritten = new HashSet<>();
    private String waitingFor = "";

    /** A topic that is followed, and what happens with its readable records. */
    private record Feed<V extends SpecificRecord>(
            TopicReader<V> reader, Consumer<ConsumerRecord<String, Decoded<V>>> onRecord) {

        void catchUp() {
            reader.catchUp(this::take);
        }

        void follow() {
            reader.poll(Duration.ZERO).forEach(this::take);
        }

        private void take(ConsumerRecord<String, Decoded<V>> record) {
            if (record.value().readable()) {
                onRecord.accept(record);
            } else {
                log.warn(
                        "skipped an unreadable record topic={} partition={} offset={}: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.value().error());
            }
        }
    }

    /**
     * Reads everything up to the topics' committed ends.
     *
     * @param producer transactional, initialised by this planner; closed with the session
     */
    PlannerSession(
            PlannerState state,
            EventProducer producer,
            EventConsumers consumers,
            WorkerAssignments assignments,
            DeadLetters deadLetters,
            Clock clock) {
        this.state = state;
        this.producer = producer;
        this.assignments = assignments;
        this.deadLetters = deadLetters;
        this.clock = clock;
        try {
            follow(consumers);
            feeds.forEach(Feed::catchUp);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void follow(EventConsumers consumers) {
        feed(consumers, Topics.DEAD_LETTERS, r -> letter(r.key(), r.value().value()));
        feed(
                consumers,
                Topics.IMAGE_REFS,
                r -> state.add(r.value().value(), r.partition(), r.offset()));
        feed(consumers, Topics.EXPERT_CHECKPOINTS, r -> state.add(r.value().value(), r.offset()));
        feed(consumers, Topics.LABELING_PROGRESS, r -> state.add(r.value().value()));
        feed(
                consumers,
                Topics.TRAINING_RUNS,
                r -> state.add(r.value().value(), r.partition(), clock.instant()));
        feed(
                consumers,
                Topics.RUN_STATUS,
                r -> {
                    // Replays are kept under their attempt's id and are not the planner's.
                    if (r.key().equals(r.value().value().getRunId())) {
                        state.add(r.value().value(), clock.instant());
                    }
                });
        feed(consumers, Topics.ACCURACY, r -> state.add(r.value().value(), clock.instant()));
        feed(consumers, Topics.EXPERIMENTS, this::experiment);
    }

    private <V extends SpecificRecord> void feed(
            EventConsumers consumers,
            Topic<V> topic,
            Consumer<ConsumerRecord<String, Decoded<V>>> onRecord) {
        TopicReader<V> reader =
                new TopicReader<>(consumers, topic, Planner.TRANSACTIONAL_ID + "." + topic.name());
        feeds.add(new Feed<>(reader, onRecord));
    }

    private void letter(String key, DeadLetter letter) {
        lettersWritten.add(key);
        state.add(letter);
    }

    private void experiment(ConsumerRecord<String, Decoded<Experiment>> record) {
        try {
            state.add(record.value().value());
        } catch (BadExperimentException e) {
            String key = Keys.deadLetter(record.topic(), record.partition(), record.offset(), null);
            if (lettersWritten.add(key)) {
                refused.add(deadLetters.about(record, "bad-experiment", e.getMessage()));
            }
        }
    }

    /** Reads what is new and writes what follows from it, in one transaction. */
    void step() {
        feeds.forEach(Feed::follow);
        Map<String, Set<Integer>> workers = assignments.byMember();
        List<Decision> decisions = state.decide(clock.instant());
        List<RunStatus> waiting = state.waiting();
        // As often as it is written: what has come so far changes all the time.
        if (!waiting.isEmpty() || state.waitingFor().isEmpty()) {
            log(state.waitingFor());
        }
        if (decisions.isEmpty() && refused.isEmpty() && waiting.isEmpty()) {
            return;
        }
        Placement placement = new Placement(workers, state.outstandingByPartition());
        Map<String, Integer> places = new HashMap<>();
        producer.inTransaction(
                () -> {
                    decisions.forEach(decision -> write(decision, placement, places));
                    waiting.forEach(
                            status -> producer.send(Topics.RUN_STATUS, status.getRunId(), status));
                    refused.forEach(letter -> DeadLetters.send(producer, letter));
                });
        refused.clear();
        decisions.forEach(decision -> committed(decision, places));
        waiting.forEach(status -> state.add(status, clock.instant()));
    }

    private void log(String awaited) {
        if (!awaited.equals(waitingFor)) {
            waitingFor = awaited;
            log.info(awaited.isEmpty() ? "no run waits" : "runs wait for {}", awaited);
        }
    }

    private void write(Decision decision, Placement placement, Map<String, Integer> places) {
        if (decision instanceof Decision.Publish publish) {
            String runId = publish.run().getRunId();
            OptionalInt partition = placement.next();
            if (partition.isPresent()) {
                places.put(runId, partition.getAsInt());
                producer.send(Topics.TRAINING_RUNS, partition.getAsInt(), runId, publish.run());
            } else {
                producer.send(Topics.TRAINING_RUNS, runId, publish.run());
            }
            producer.send(Topics.RUN_STATUS, runId, RunEvents.queued(publish.run()));
        } else if (decision instanceof Decision.Fail fail) {
            producer.send(Topics.RUN_STATUS, fail.status().getRunId(), fail.status());
        }
    }

    private void committed(Decision decision, Map<String, Integer> places) {
        if (decision instanceof Decision.Publish publish) {
            int partition = places.getOrDefault(publish.run().getRunId(), RunLedger.UNKNOWN);
            state.add(publish.run(), partition, clock.instant());
            log.debug("published attempt={}", publish.run().getAttemptId());
        } else if (decision instanceof Decision.Fail fail) {
            state.add(fail.status(), clock.instant());
            log.warn("failed run={}: {}", fail.status().getRunId(), fail.status().getReason());
        }
    }

    @Override
    public void close() {
        producer.close();
        feeds.forEach(feed -> feed.reader().close());
    }
}
