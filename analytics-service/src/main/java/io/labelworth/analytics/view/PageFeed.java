package io.labelworth.analytics.view;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.PatientPoll;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.micrometer.core.instrument.MeterRegistry;
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
    private static final List<Topic<?>> OTHERS =
            List.of(
                    Topics.RUN_STATUS,
                    Topics.LABELING_PROGRESS,
                    Topics.EXPERT_CHECKPOINTS,
                    Topics.EXPERIMENTS,
                    Topics.ACCURACY);

    private final EventConsumers consumers;
    private final Views views;
    private final FeedMetrics metrics;

    /** Set by the reading thread, woken by the closing one. */
    private volatile KafkaConsumer<String, Decoded<SpecificRecord>> consumer;

    private volatile boolean caughtUp;
    private List<TopicPartition> imageRefs;
    private List<TopicPartition> followed;
    private List<TopicPartition> runs;
    private int polls;

    /** A follower that feeds the views. */
    public PageFeed(EventConsumers consumers, Views views, MeterRegistry registry) {
        this.consumers = consumers;
        this.views = views;
        this.metrics = new FeedMetrics(registry);
    }

    /** Whether it has read all that was there when it started; before, answers lack something. */
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void open() {
        consumer = consumers.assigned(CLIENT, Map.of());
        imageRefs = EventConsumers.partitions(consumer, Topics.IMAGE_REFS);
        runs = EventConsumers.partitions(consumer, Topics.TRAINING_RUNS);
        List<TopicPartition> first =
                EventConsumers.partitions(
                        consumer,
                        Stream.concat(RESULTS.stream(), OTHERS.stream()).toArray(Topic<?>[]::new));
        followed = Stream.concat(first.stream(), runs.stream()).toList();
        // image-refs is only asked how far it reaches: a consumer answers that for what it is
        // assigned.
        consumer.assign(Stream.concat(followed.stream(), imageRefs.stream()).toList());
        consumer.pause(imageRefs);
        consumer.seekToBeginning(followed);
        // A run names labellings; the checkpoints that these are of must be known by then.
        consumer.pause(runs);
        readToEnd(first);
        consumer.resume(runs);
        readToEnd(runs);
        caughtUp = true;
    }

    @Override
    public void step() {
        PatientPoll.poll(consumer, POLL).forEach(this::apply);
        if (polls++ % POLLS_PER_LOOK == 0) {
            metrics.lag(consumer, followed);
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
        metrics.read(record.topic());
        SpecificRecord event = record.value().value();
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        TopicOffset where = new TopicOffset(partition, record.offset());
        if (RESULT_NAMES.contains(record.topic())) {
            views.results().apply(partition, record.offset(), record.key(), event);
        } else if (event instanceof RunStatus status) {
            views.runs().status(record.key(), status);
        } else if (event instanceof TrainingRun run) {
            views.runs().planned(run, where);
        } else if (event instanceof Accuracy accuracy) {
            views.runs().measured(accuracy, where);
        } else if (event instanceof Experiment experiment) {
            views.experiments().experiment(experiment);
        } else if (event instanceof LabelingProgress progress) {
            views.activity().progress(progress);
        } else if (event instanceof ExpertCheckpoint checkpoint) {
            views.activity().checkpoint(checkpoint);
            views.runs().checkpoint(checkpoint);
        }
    }

    private void readToEnd(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = endsOf(partitions);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            PatientPoll.poll(consumer, POLL).forEach(this::apply);
        }
    }

    private Map<TopicPartition, Long> endsOf(List<TopicPartition> partitions) {
        while (true) {
            try {
                return consumer.endOffsets(partitions);
            } catch (RetriableException e) {
                log.warn("the cluster did not say how far its topics reach: {}", e.getMessage());
            }
        }
    }

    private void lookAtImageRefs() {
        Map<Integer, Long> ends = new HashMap<>();
        try {
            consumer.endOffsets(imageRefs)
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            views.activity().imageRefEnds(ends);
        } catch (RetriableException e) {
            // The page shows the last known lag until the cluster answers again.
            log.warn("the cluster did not say how far image-refs reaches: {}", e.getMessage());
        }
    }
}
