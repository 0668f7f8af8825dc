package io.labelworth.analytics.view;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.PatientPoll;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.RunStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics that the pages show, from their start and committed records only, with one
 * consumer, so that all listeners see one order.
 */
public final class PageFeed implements ServiceLoop.Work {

    private static final Logger log = LoggerFactory.getLogger(PageFeed.class);
    private static final String CLIENT = "labelworth-analytics-view";
    private static final Duration POLL = Duration.ofMillis(100);

    /** Polls between two looks at how far image-refs reaches. */
    private static final int POLLS_PER_LOOK = 10;

    private static final List<Topic<?>> RESULTS =
            List.of(
                    Topics.ACCURACY_SUMMARY,
                    Topics.PARETO_FRONTIER,
                    Topics.SCALING_LAWS,
                    Topics.LABEL_WORTH);
    private static final Set<String> RESULT_NAMES =
            RESULTS.stream().map(Topic::name).collect(Collectors.toUnmodifiableSet());
    private static final List<Topic<?>> ACTIVITY =
            List.of(Topics.RUN_STATUS, Topics.LABELING_PROGRESS, Topics.EXPERT_CHECKPOINTS);

    private final EventConsumers consumers;
    private final Results results;
    private final Activity activity;

    /** Set by the reading thread, woken by the closing one. */
    private volatile KafkaConsumer<String, Decoded<SpecificRecord>> consumer;

    private List<TopicPartition> imageRefs;
    private int polls;

    /** A follower that feeds the two. */
    public PageFeed(EventConsumers consumers, Results results, Activity activity) {
        this.consumers = consumers;
        this.results = results;
        this.activity = activity;
    }

    @Override
    public void open() {
        consumer = consumers.assigned(CLIENT, Map.of());
        imageRefs = partitions(Topics.IMAGE_REFS).toList();
        List<TopicPartition> followed =
                Stream.concat(RESULTS.stream(), ACTIVITY.stream())
                        .flatMap(this::partitions)
                        .toList();
        // image-refs is only asked how far it reaches: a consumer answers that for what it is
        // assigned.
        consumer.assign(Stream.concat(followed.stream(), imageRefs.stream()).toList());
        consumer.pause(imageRefs);
        consumer.seekToBeginning(followed);
    }

    @Override
    public void step() {
        PatientPoll.poll(consumer, POLL).forEach(this::apply);
        if (polls++ % POLLS_PER_LOOK == 0) {
            lookAtImageRefs();
        }
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

    private void apply(ConsumerRecord<String, Decoded<SpecificRecord>> record) {
        if (!record.value().readable()) {
            // Whoever processes the record owns it; the page only does without.
            log.warn(
                    "skipped an unreadable event: topic {} partition {} offset {}",
                    record.topic(),
                    record.partition(),
                    record.offset());
            return;
        }
        SpecificRecord event = record.value().value();
        if (RESULT_NAMES.contains(record.topic())) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            results.apply(partition, record.offset(), record.key(), event);
        } else if (event instanceof RunStatus status) {
            activity.run(status);
        } else if (event instanceof LabelingProgress progress) {
            activity.progress(progress);
        } else if (event instanceof ExpertCheckpoint checkpoint) {
            activity.checkpoint(checkpoint);
        }
    }

    private void lookAtImageRefs() {
        Map<Integer, Long> ends = new HashMap<>();
        try {
            consumer.endOffsets(imageRefs)
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            activity.imageRefEnds(ends);
        } catch (RetriableException e) {
            // The page shows the last known lag until the cluster answers again.
            log.warn("the cluster did not say how far image-refs reaches: {}", e.getMessage());
        }
    }

    private Stream<TopicPartition> partitions(Topic<?> topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()));
    }
}
