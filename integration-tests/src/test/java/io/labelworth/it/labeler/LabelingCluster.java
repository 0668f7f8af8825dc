package io.labelworth.it.labeler;

import io.labelworth.it.BrokerProcess;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.LetterState;
import io.labelworth.kafka.TopicReader;
import io.labelworth.kafka.TransactionAbortedException;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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

    /**
     * A labeler in this JVM over the cluster's images and checkpoints, which soon takes up little
     * work too.
     *
     * @param more settings by variable
     */
    public LabelerService startLabeler(String instance, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put(LabelerSettings.INSTANCE, instance);
        variables.put(LabelerSettings.PATIENCE, "200");
        variables.put(LabelerSettings.DATA_ROOT, dataRoot().toString());
        variables.put(LabelerSettings.CHECKPOINT_ROOT, checkpointRoot().toString());
        LabelerService labeler =
                new LabelerService(
                        LabelerSettings.from(new Environment(variables)),
                        kafka,
                        new SimpleMeterRegistry(),
                        Clock.systemUTC());
        labeler.start();
        return labeler;
    }

    public void announce(ExpertCheckpoint checkpoint) {
        announce(List.of(checkpoint));
    }

    /** Announcements that land at once, the newest last. */
    void announce(List<ExpertCheckpoint> checkpoints) {
        try (EventProducer producer =
                EventProducer.idempotent(kafka.settings(), kafka.registry(), "expert")) {
            checkpoints.forEach(
                    checkpoint ->
                            producer.send(
                                    Topics.EXPERT_CHECKPOINTS,
                                    checkpoint.getCheckpointId(),
                                    checkpoint));
            producer.flush();
        }
    }

    /** What {@code dead-letters --retry} writes. */
    void retry(List<DeadLetter> letters) {
        try (EventProducer producer =
                EventProducer.idempotent(kafka.settings(), kafka.registry(), "retry")) {
            letters.forEach(
                    letter ->
                            producer.send(
                                    Topics.DEAD_LETTERS,
                                    DeadLetters.keyOf(letter),
                                    LetterState.RETRY.of(letter)));
            producer.flush();
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

    /** The last letter about each image of a labelling. */
    List<DeadLetter> lastLetters(String labellingId) {
        return TopicReader.latest(kafka.consumers(), Topics.DEAD_LETTERS, "test").values().stream()
                .filter(letter -> labellingId.equals(letter.getLabellingId()))
                .toList();
    }

    /** The label at an offset. */
    SoftLabel labelAt(int partition, long offset) {
        TopicPartition at = new TopicPartition(Topics.SOFT_LABELS.name(), partition);
        try (var consumer = kafka.consumers().assigned(Topics.SOFT_LABELS, "test", Map.of())) {
            consumer.assign(List.of(at));
            consumer.seek(at, offset);
            return consumer.poll(Duration.ofSeconds(30)).iterator().next().value().value();
        }
    }

    public <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        return TopicReader.all(kafka.consumers(), topic, "test");
    }

    /** Where the topics and groups are. */
    ClusterState state() {
        return new ClusterState(kafka.cluster());
    }

    /** kill -9 of the broker; it is started again. */
    void killBroker() {
        BrokerProcess.kill(directory);
    }

    /** Whether the broker, after it was killed, serves again. */
    boolean serves() {
        return cluster.check().up();
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
