package io.labelworth.standalone.cli;

import io.labelworth.analytics.AnalyticsSettings;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.standalone.embedded.RuntimeFile;
import io.labelworth.standalone.stack.LocalPaths;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which cluster a command talks to: the one named, or the one that {@code up} runs on the data
 * directory.
 */
final class ClusterOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:LABELWORTH_BOOTSTRAP_SERVERS}",
            description = "brokers (default: LABELWORTH_BOOTSTRAP_SERVERS, else the running up)")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            defaultValue = "${env:LABELWORTH_SCHEMA_REGISTRY_URL}",
            description = "registry (default: LABELWORTH_SCHEMA_REGISTRY_URL, else the running up)")
    private String schemaRegistry;

    @Mixin private DataOption data;

    LocalPaths data() {
        return data.directory();
    }

    /** Addresses and pass-through properties of the cluster. */
    KafkaSettings settings() {
        Map<String, String> environment = System.getenv();
        Map<String, String> clients =
                KafkaSettings.overrides(environment, KafkaSettings.CLIENT_PREFIX);
        Map<String, String> registry =
                KafkaSettings.overrides(environment, KafkaSettings.REGISTRY_PREFIX);
        if (bootstrapServers != null || schemaRegistry != null) {
            return new KafkaSettings(bootstrapServers, schemaRegistry, clients, registry);
        }
        return RuntimeFile.read(data().root())
                .map(
                        running ->
                                KafkaSettings.of(
                                        running.bootstrapServers(), running.schemaRegistryUrl()))
                .orElseThrow(
                        () ->
                                new UserException(
                                        "nothing is running on "
                                                + data().root()
                                                + ": start it with ./labelworth up, or pass --bootstrap-servers and"
                                                + " --schema-registry"));
    }

    /**
     * Variables of a service started here: the process's own, with the cluster and the directories
     * filled in.
     */
    Map<String, String> serviceEnvironment(String service) {
        KafkaSettings settings = settings();
        LocalPaths paths = data();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(KafkaSettings.BOOTSTRAP_SERVERS, settings.bootstrapServers());
        environment.put(KafkaSettings.SCHEMA_REGISTRY_URL, settings.schemaRegistryUrl());
        environment.putIfAbsent(LabelerSettings.DATA_ROOT, paths.images().toString());
        environment.putIfAbsent(LabelerSettings.CHECKPOINT_ROOT, paths.checkpoints().toString());
        environment.putIfAbsent(
                AnalyticsSettings.STATE_DIR, paths.state().resolve(service).toString());
        return environment;
    }
}
