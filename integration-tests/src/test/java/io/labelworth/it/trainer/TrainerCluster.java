package io.labelworth.it.trainer;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.Environment;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.TopicReader;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import io.labelworth.trainer.TrainerService;
import io.labelworth.trainer.TrainerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A cluster with the tiny dataset's data root, and what a read_committed reader sees on it. */
final class TrainerCluster implements AutoCloseable {

    private final Path dir;
    private final EmbeddedCluster cluster;
    private final KafkaConnection connection;

    private TrainerCluster(Path dir, EmbeddedCluster cluster, KafkaConnection connection) {
        this.dir = dir;
        this.cluster = cluster;
        this.connection = connection;
    }

    static TrainerCluster start(Path dir) throws IOException {
        TinyDataset.write(dir.resolve("images"));
        EmbeddedCluster cluster = EmbeddedCluster.start(dir.resolve("cluster"), line -> {});
        return new TrainerCluster(
                dir,
                cluster,
                KafkaConnection.open(
                        KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl())));
    }

    KafkaConnection connection() {
        return connection;
    }

    Path dataRoot() {
        return dir.resolve("images");
    }

    /** A trainer in this JVM, started. */
    TrainerService trainer(String instance, int workers) throws IOException {
        TrainerSettings settings =
                new TrainerSettings(
                        instance,
                        workers,
                        dataRoot(),
                        dir.resolve(instance),
                        HttpAddress.loopback(0));
        TrainerService service =
                new TrainerService(
                        settings,
                        connection.settings(),
                        TinyDataset.datasets(dataRoot()),
                        Clock.systemUTC());
        service.start();
        return service;
    }

    Path checkpointRoot() {
        return dir.resolve("checkpoints");
    }

    /** A labeler in this JVM, started, which takes up little work at once and a few at a time. */
    LabelerService labeler(String instance) throws IOException {
        Map<String, String> variables =
                Map.of(
                        LabelerSettings.INSTANCE,
                        instance,
                        LabelerSettings.BATCH,
                        "8",
                        LabelerSettings.PATIENCE,
                        "200",
                        LabelerSettings.DATA_ROOT,
                        dataRoot().toString(),
                        LabelerSettings.CHECKPOINT_ROOT,
                        checkpointRoot().toString());
        LabelerService service =
                new LabelerService(
                        LabelerSettings.from(new Environment(variables)),
                        connection,
                        new SimpleMeterRegistry(),
                        TinyDataset.datasets(dataRoot()),
                        Clock.systemUTC());
        service.start();
        return service;
    }

    /** Environment of a trainer in a JVM of its own. */
    Map<String, String> environment(String instance) {
        return Map.of(
                "LABELWORTH_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
                "LABELWORTH_SCHEMA_REGISTRY_URL", cluster.schemaRegistryUrl(),
                "LABELWORTH_INSTANCE", instance,
                "LABELWORTH_WORKERS", "1",
                "LABELWORTH_DATA_ROOT", dataRoot().toString(),
                "LABELWORTH_STATE_DIR", dir.resolve(instance).toString(),
                "LABELWORTH_HTTP_PORT", "0");
    }

    <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        return TopicReader.all(connection.consumers(), topic, "test");
    }

    <V extends SpecificRecord> List<ConsumerRecord<String, Decoded<V>>> records(Topic<V> topic) {
        List<ConsumerRecord<String, Decoded<V>>> records = new ArrayList<>();
        try (TopicReader<V> reader = new TopicReader<>(connection.consumers(), topic, "test")) {
            reader.catchUp(records::add);
        }
        return records;
    }

    /** Final results of an experiment. */
    List<Accuracy> results(String experimentId) {
        return all(Topics.ACCURACY).stream()
                .filter(a -> a.getFinalResult() && a.getExperimentId().equals(experimentId))
                .toList();
    }

    /** Last status of each run of an experiment. */
    List<RunStatus> statuses(String experimentId) {
        return TopicReader.latest(connection.consumers(), Topics.RUN_STATUS, "test")
                .values()
                .stream()
                .filter(status -> status.getExperimentId().equals(experimentId))
                .toList();
    }

    /** Attempts published for an experiment. */
    List<TrainingRun> published(String experimentId) {
        return all(Topics.TRAINING_RUNS).stream()
                .filter(run -> run.getExperimentId().equals(experimentId))
                .toList();
    }

    @Override
    public void close() {
        connection.close();
        cluster.close();
    }
}
