package io.labelworth.it.labeler;

import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.TopicReader;
import io.labelworth.kafka.TransactionAbortedException;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An embedded broker and registry with what an ingest and an expert would write. */
public final class LabelingCluster implements AutoCloseable {

    private final Path directory;
    private final EmbeddedCluster cluster;
    private final KafkaConnection kafka;

    private LabelingCluster(Path directory, EmbeddedCluster cluster) {
        this.directory = directory;
        this.cluster = cluster;
        this.kafka =
                KafkaConnection.open(
                        KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl()));
    }

    public static LabelingCluster start(Path directory) {
        return new LabelingCluster(
                directory, EmbeddedCluster.start(directory.resolve("cluster"), line -> {}));
    }

    public Path dataRoot() {
        return directory.resolve("images");
    }

    public Path checkpointRoot() {
        return directory.resolve("checkpoints");
    }

    /** Where labelers in a JVM of their own write. */
    Path processLog() {
        return directory.resolve("labeler.log");
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    /** References in one transaction, as an ingest writes them. */
    public void ingest(List<ImageRef> refs) {
        try (EventProducer producer = ingester()) {
            producer.inTransaction(() -> refs.forEach(ref -> send(producer, ref)));
        }
    }

    /** References in a transaction that fails: they are in the log, and nobody may see them. */
    void ingestAndAbort(List<ImageRef> refs) {
        try (EventProducer producer = ingester()) {
            producer.inTransaction(
                    () -> {
                        refs.forEach(ref -> EventProducer.acknowledged(send(producer, ref)));
                        throw new KafkaException("aborted on purpose");
                    });
        } catch (TransactionAbortedException e) {
            // As wanted.
        }
    }

    /** A value that is no event. */
    void ingestGarbage(String key) {
        Map<String, Object> settings = Map.of("bootstrap.servers", cluster.bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(
                    new ProducerRecord<>(Topics.IMAGE_REFS.name(), key, new byte[] {1, 2, 3}));
        }
    }

    public void announce(ExpertCheckpoint checkpoint) {
        try (EventProducer producer =
                EventProducer.idempotent(kafka.settings(), kafka.registry(), "expert")) {
            producer.sendAndWait(
                    Topics.EXPERT_CHECKPOINTS, checkpoint.getCheckpointId(), checkpoint);
        }
    }

    void retire(ExpertCheckpoint checkpoint) {
        announce(ExpertCheckpoint.newBuilder(checkpoint).setRetired(true).build());
    }

    /** Progress of a labelling by partition. */
    Map<Integer, LabelingProgress> progress(String labellingId) {
        return TopicReader.latest(kafka.consumers(), Topics.LABELING_PROGRESS, "test")
                .values()
                .stream()
                .filter(progress -> progress.getLabellingId().equals(labellingId))
                .collect(
                        Collectors.toMap(
                                LabelingProgress::getPartition,
                                progress -> progress,
                                (a, b) -> b,
                                TreeMap::new));
    }

    List<DeadLetter> deadLetters(String labellingId) {
        return all(Topics.DEAD_LETTERS).stream()
                .filter(letter -> labellingId.equals(letter.getLabellingId()))
                .toList();
    }

    public <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        return TopicReader.all(kafka.consumers(), topic, "test");
    }

    /** What Kafka's tools would show: offsets committed, by partition. */
    Map<Integer, Long> committed(String group) {
        Map<Integer, Long> committed = new TreeMap<>();
        kafka.cluster()
                .await(
                        kafka.cluster()
                                .admin()
                                .listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata())
                .forEach(
                        (partition, offset) ->
                                committed.put(partition.partition(), offset.offset()));
        return committed;
    }

    /** What Kafka's tools would show: the end of image-refs minus what is committed. */
    long lag(String group) {
        Map<Integer, Long> committed = committed(group);
        long lag = 0;
        for (Map.Entry<Integer, Long> end :
                ends(Topics.IMAGE_REFS, IsolationLevel.READ_UNCOMMITTED).entrySet()) {
            lag += end.getValue() - committed.getOrDefault(end.getKey(), 0L);
        }
        return lag;
    }

    /**
     * Whether every transaction is decided for readers: markers land partition by partition, so
     * committed offsets may be there before the labels are.
     */
    boolean decided() {
        return Stream.of(Topics.SOFT_LABELS, Topics.LABELING_PROGRESS, Topics.DEAD_LETTERS)
                .allMatch(
                        topic ->
                                ends(topic, IsolationLevel.READ_COMMITTED)
                                        .equals(ends(topic, IsolationLevel.READ_UNCOMMITTED)));
    }

    /** What an administrator does, or the broker after offsets.retention.minutes. */
    void deleteGroup(String group) {
        kafka.cluster().await(kafka.cluster().admin().deleteConsumerGroups(List.of(group)).all());
    }

    private Map<Integer, Long> ends(Topic<?> topic, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            latest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new TreeMap<>();
        ListOffsetsOptions options = new ListOffsetsOptions(isolation);
        kafka.cluster()
                .await(kafka.cluster().admin().listOffsets(latest, options).all())
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    private EventProducer ingester() {
        return EventProducer.transactional(kafka.settings(), kafka.registry(), "ingest.test");
    }

    private static Future<RecordMetadata> send(EventProducer producer, ImageRef ref) {
        return producer.send(
                Topics.IMAGE_REFS,
                Keys.imageRef(ref.getDataset(), ref.getSource(), ref.getImageId()),
                ref);
    }

    @Override
    public void close() {
        kafka.close();
        cluster.close();
    }
}
