package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.SoftLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A reader at read_committed that looks on while labelers work: a second label of an image, and
 * progress that goes back, are faults as soon as they are seen. Sees what is written from its start
 * on.
 */
final class LabelWatch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(20);

    private final LabelingCluster cluster;
    private final KafkaConsumer<String, Decoded<SpecificRecord>> consumer;
    private final Map<String, Set<String>> imagesByLabelling = new ConcurrentHashMap<>();
    private final Map<String, LabelingProgress> progress = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private final List<String> firstLabelled = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::look, "label-watch");
    private volatile boolean closing;

    private LabelWatch(LabelingCluster cluster) {
        this.cluster = cluster;
        this.consumer = cluster.kafka().consumers().assigned("watch", Map.of());
        List<TopicPartition> partitions =
                Stream.of(Topics.SOFT_LABELS, Topics.LABELING_PROGRESS)
                        .flatMap(topic -> ClusterState.partitions(topic).stream())
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
    }

    static LabelWatch start(LabelingCluster cluster) {
        LabelWatch watch = new LabelWatch(cluster);
        watch.thread.start();
        return watch;
    }

    private void look() {
        try (consumer) {
            while (!closing) {
                consumer.poll(POLL).forEach(this::see);
                next.keySet()
                        .forEach(partition -> next.put(partition, consumer.position(partition)));
            }
        } catch (WakeupException e) {
            // Closing.
        } catch (RuntimeException e) {
            faults.add("the reader failed: " + e);
        }
    }

    private void see(ConsumerRecord<String, Decoded<SpecificRecord>> record) {
        if (record.value().value() instanceof SoftLabel label) {
            see(record, label);
        } else if (record.value().value() instanceof LabelingProgress at) {
            see(record, at);
        }
    }

    private void see(ConsumerRecord<String, ?> record, SoftLabel label) {
        Set<String> images =
                imagesByLabelling.computeIfAbsent(
                        label.getLabellingId(),
                        labelling -> {
                            synchronized (firstLabelled) {
                                firstLabelled.add(labelling);
                            }
                            return ConcurrentHashMap.newKeySet();
                        });
        if (!images.add(label.getImageId())) {
            faults.add("second label of " + record.key() + " at offset " + record.offset());
        }
    }

    private void see(ConsumerRecord<String, ?> record, LabelingProgress at) {
        LabelingProgress before = progress.put(record.key(), at);
        if (before != null
                && (at.getNextImageRefOffset() < before.getNextImageRefOffset()
                        || at.getLabelled() < before.getLabelled()
                        || at.getNextLabelOffset() < before.getNextLabelOffset())) {
            faults.add("progress goes back from " + before + " to " + at);
        }
    }

    /** Labels seen of an expert; fails when anything was at fault. */
    int labels(TinyExpert expert) {
        assertNoFault();
        return imagesByLabelling.getOrDefault(expert.labellingId(), Set.of()).size();
    }

    void awaitLabels(TinyExpert expert, int atLeast) {
        await(atLeast + " labels of " + expert.event().getCheckpointId())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> labels(expert) >= atLeast);
    }

    /** Who made the last progress of an expert, over all partitions. */
    Set<String> workers(TinyExpert expert) {
        return progress.values().stream()
                .filter(at -> at.getLabellingId().equals(expert.labellingId()))
                .map(LabelingProgress::getWorker)
                .collect(Collectors.toSet());
    }

    /** Labelling ids in the order of their first labels. */
    List<String> firstLabelled() {
        synchronized (firstLabelled) {
            return List.copyOf(firstLabelled);
        }
    }

    /** Waits for all of the labels, reads to the end of the topics, and finds just these, once. */
    void assertExactly(List<ImageRef> refs, TinyExpert... experts) {
        for (TinyExpert expert : experts) {
            awaitLabels(expert, refs.size());
        }
        await("markers").atMost(PATIENCE).until(cluster.state()::decided);
        Map<TopicPartition, Long> ends =
                cluster.state().ends(next.keySet(), IsolationLevel.READ_COMMITTED);
        await("the end of the topics")
                .atMost(PATIENCE)
                .until(
                        () ->
                                ends.entrySet().stream()
                                        .allMatch(end -> next.get(end.getKey()) >= end.getValue()));
        assertNoFault();
        for (TinyExpert expert : experts) {
            assertThat(imagesByLabelling.get(expert.labellingId()))
                    .as(expert.event().getCheckpointId())
                    .containsExactlyInAnyOrderElementsOf(
                            refs.stream().map(ImageRef::getImageId).toList());
        }
    }

    private void assertNoFault() {
        assertThat(faults).as("seen at read_committed").isEmpty();
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
