package io.labelworth.bench.labeler;

import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Jvm;
import io.labelworth.bench.process.Workspace;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.labeler.LabelerMain;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.standalone.embedded.process.ChildMain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts labelers as processes of their own, one worker each. */
final class Labelers {

    private final Workspace workspace;
    private final BenchCluster cluster;
    private final int batch;

    Labelers(Workspace workspace, BenchCluster cluster, int batch) {
        this.workspace = workspace;
        this.cluster = cluster;
        this.batch = batch;
    }

    /** Starts the labeler of a number, which is part of its instance name. */
    Child start(int number) {
        String instance = "bench-" + number;
        Map<String, String> environment = new HashMap<>();
        environment.put(KafkaSettings.BOOTSTRAP_SERVERS, cluster.settings().bootstrapServers());
        environment.put(KafkaSettings.SCHEMA_REGISTRY_URL, cluster.settings().schemaRegistryUrl());
        environment.put(LabelerSettings.INSTANCE, instance);
        environment.put(LabelerSettings.WORKERS, "1");
        environment.put(LabelerSettings.BATCH, Integer.toString(batch));
        environment.put(LabelerSettings.PATIENCE, "0");
        environment.put(LabelerSettings.DATA_ROOT, cluster.dataRoot().toString());
        environment.put(LabelerSettings.CHECKPOINT_ROOT, cluster.checkpointRoot().toString());
        environment.put(HttpAddress.PORT, "0");
        String lock = cluster.checkpointRoot().resolveSibling(instance + ".lock").toString();
        return workspace.start(
                () ->
                        Child.start(
                                "labeler",
                                Jvm.running(
                                        ChildMain.class,
                                        List.of(lock, LabelerMain.class.getName())),
                                environment,
                                cluster.log()));
    }

    /** Asks labelers to stop, and waits. */
    void stop(List<Child> labelers) {
        labelers.parallelStream().forEach(workspace::end);
    }
}
