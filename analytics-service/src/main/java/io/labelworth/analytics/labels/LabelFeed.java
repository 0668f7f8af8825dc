package io.labelworth.analytics.labels;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.PatientPoll;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Follows images, checkpoints and progress, committed records only. */
final class LabelFeed implements ServiceLoop.Work {

    private static final String CLIENT = "labelworth-analytics-labels";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Topic<?>[] FOLLOWED = {
        Topics.IMAGE_REFS, Topics.EXPERT_CHECKPOINTS, Topics.LABELING_PROGRESS
    };

    private final EventConsumers consumers;
    private final Pools pools;
    private final Labellings labellings;
    private volatile KafkaConsumer<String, Decoded<SpecificRecord>> consumer;

    LabelFeed(EventConsumers consumers, Pools pools, Labellings labellings) {
        this.consumers = consumers;
        this.pools = pools;
        this.labellings = labellings;
    }

    @Override
    public void open() {
        consumer = consumers.assigned(CLIENT, Map.of());
        List<TopicPartition> followed = EventConsumers.partitions(consumer, FOLLOWED);
        consumer.assign(followed);
        consumer.seekToBeginning(followed);
    }

    @Override
    public void step() {
        PatientPoll.poll(consumer, POLL).forEach(this::apply);
    }

    @Override
    public void wakeup() {
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    @Override
    public void release() {
        if (consumer != null) {
            consumer.close();
        }
    }

    /** An unreadable record is dead-lettered by the labeler; the viewer does without. */
    private void apply(ConsumerRecord<String, Decoded<SpecificRecord>> record) {
        SpecificRecord event = record.value() == null ? null : record.value().value();
        if (event instanceof ImageRef ref) {
            pools.apply(ref, record.partition(), record.offset());
        } else if (event instanceof ExpertCheckpoint checkpoint) {
            labellings.apply(checkpoint);
        } else if (event instanceof LabelingProgress progress) {
            labellings.apply(progress);
        }
    }
}
