package io.labelworth.trainer.view;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.PatientPoll;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the view's image references current: reads on where the view stands, for ever. */
public final class ImageRefFollower implements ServiceLoop.Work {

    private static final Logger log = LoggerFactory.getLogger(ImageRefFollower.class);
    private static final Duration POLL = Duration.ofMillis(250);

    private final LabelView view;
    private final KafkaConsumer<String, Decoded<ImageRef>> consumer;
    private final List<TopicPartition> partitions;

    /** Opens the follower where the view stands. */
    public ImageRefFollower(EventConsumers consumers, LabelView view, String clientId) {
        this.view = view;
        this.consumer = consumers.assigned(Topics.IMAGE_REFS, clientId, Map.of());
        this.partitions = EventConsumers.partitions(consumer, Topics.IMAGE_REFS);
        consumer.assign(partitions);
        partitions.forEach(p -> consumer.seek(p, view.imageRefPosition(p.partition())));
    }

    @Override
    public void step() {
        ConsumerRecords<String, Decoded<ImageRef>> records = PatientPoll.poll(consumer, POLL);
        for (TopicPartition partition : partitions) {
            long next = consumer.position(partition);
            if (next > view.imageRefPosition(partition.partition())) {
                view.addImageRefs(
                        partition.partition(), readable(records.records(partition)), next);
            }
        }
    }

    @Override
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void release() {
        consumer.close();
    }

    private static List<ImageRef> readable(
            List<ConsumerRecord<String, Decoded<ImageRef>>> records) {
        List<ImageRef> refs = new ArrayList<>(records.size());
        for (ConsumerRecord<String, Decoded<ImageRef>> record : records) {
            if (record.value().readable()) {
                refs.add(record.value().value());
            } else {
                log.warn(
                        "skipped an unreadable image reference partition={} offset={}: {}",
                        record.partition(),
                        record.offset(),
                        record.value().error());
            }
        }
        return refs;
    }
}
