package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Workspace;
import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.TopicReader;
import io.labelworth.labeler.announce.KafkaCheckpointLog;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A broker and a registry for one measurement, with images, gone with it. */
final class BenchCluster implements AutoCloseable {

    private static final String CLIENT = "bench";

    private final Workspace workspace;
    private final Path directory;
    private final EmbeddedCluster cluster;
    private final KafkaConnection kafka;
    private final BenchImages images;
    private final TopicReader<LabelingProgress> progress;
    private int experts;

    private BenchCluster(
            Workspace workspace, Path directory, EmbeddedCluster cluster, int classes) {
        this.workspace = workspace;
        this.directory = directory;
        this.cluster = cluster;
        this.kafka =
                KafkaConnection.open(
                        KafkaSettings.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl()));
        this.images = new BenchImages(kafka, dataRoot(), classes);
        this.progress = new TopicReader<>(kafka.consumers(), Topics.LABELING_PROGRESS, CLIENT);
    }

    /**
     * Starts one in a directory of its own.
     *
     * @param classes classes of its images
     */
    static BenchCluster start(Workspace workspace, String name, int classes) {
        Path directory = workspace.directory().resolve(name);
        EmbeddedCluster cluster =
                workspace.start(
                        () -> EmbeddedCluster.start(directory.resolve("cluster"), line -> {}));
        return new BenchCluster(workspace, directory, cluster, classes);
    }

    Path dataRoot() {
        return directory.resolve("images");
    }

    Path checkpointRoot() {
        return directory.resolve("checkpoints");
    }

    /** Where labelers write what they have to say. */
    Path log() {
        return directory.resolve("labeler.log");
    }

    KafkaSettings settings() {
        return kafka.settings();
    }

    BenchImages images() {
        return images;
    }

    /** A number that no expert of this cluster has had. */
    int nextExpert() {
        return ++experts;
    }

    void announce(ExpertCheckpoint checkpoint) {
        new KafkaCheckpointLog(kafka, CLIENT).append(checkpoint);
    }

    /** Nobody labels with it any more. */
    void retire(ExpertCheckpoint checkpoint) {
        announce(ExpertCheckpoint.newBuilder(checkpoint).setRetired(true).build());
    }

    /** Hands over progress that was committed since the last call. */
    void readProgress(Consumer<ConsumerRecord<String, Decoded<LabelingProgress>>> onRecord) {
        progress.catchUp(onRecord);
    }

    @Override
    public void close() {
        progress.close();
        kafka.close();
        workspace.end(cluster);
        workspace.delete(directory);
    }
}
