package io.labelworth.trainer.worker;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.TrainingRun;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Runs out of a consumer group, for clusters without share groups. A partition's next run waits
 * behind the one in hand, which is why training-runs has many more partitions than workers: while a
 * run is held everything is paused, and polling only keeps the membership.
 */
final class GroupRunSource implements RunSource, ConsumerRebalanceListener {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RENEW = Duration.ofSeconds(1);

    private final Consumer<String, Decoded<TrainingRun>> consumer;
    private final TrainerGroup.Limits limits;
    private final Map<TopicPartition, Integer> releases = new HashMap<>();
    private ConsumerRecord<String, Decoded<TrainingRun>> held;
    private boolean lost;

    GroupRunSource(Consumer<String, Decoded<TrainingRun>> consumer, TrainerGroup.Limits limits) {
        this.consumer = consumer;
        this.limits = limits;
        consumer.subscribe(List.of(Topics.TRAINING_RUNS.name()), this);
    }

    @Override
    public Optional<RunDelivery> next(Duration timeout) {
        for (ConsumerRecord<String, Decoded<TrainingRun>> record : consumer.poll(timeout)) {
            held = record;
            lost = false;
            consumer.pause(consumer.assignment());
            int deliveries = 1 + releases.getOrDefault(partition(record), 0);
            return Optional.of(
                    new RunDelivery(record, deliveries, deliveries >= limits.deliveries()));
        }
        return Optional.empty();
    }

    @Override
    public Duration renewEvery() {
        return RENEW;
    }

    @Override
    public boolean renew() {
        consumer.poll(POLL);
        return !lost;
    }

    @Override
    public void done() {
        if (held != null && !lost) {
            consumer.commitSync(Map.of(partition(held), new OffsetAndMetadata(held.offset() + 1)));
        }
        resume();
    }

    @Override
    public void release() {
        if (held != null && !lost) {
            consumer.seek(partition(held), held.offset());
            releases.merge(partition(held), 1, Integer::sum);
        }
        resume();
    }

    @Override
    public void close() {
        consumer.close();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (held != null) {
            consumer.pause(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        releases.keySet().removeAll(partitions);
        lost |= held != null && partitions.contains(partition(held));
    }

    private void resume() {
        held = null;
        consumer.resume(consumer.paused());
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
