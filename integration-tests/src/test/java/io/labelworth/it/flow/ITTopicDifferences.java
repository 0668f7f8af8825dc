package io.labelworth.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.schemas.Topics;
import io.labelworth.standalone.embedded.EmbeddedCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ITTopicDifferences {

    @TempDir Path directory;

    @Test
    void aTopicThatDiffersFromItsDefinitionIsReportedAndTheMissingOnesAreCreated() {
        // Given: somebody made soft-labels by hand, with other partitions and a retention
        try (EmbeddedCluster embedded = EmbeddedCluster.start(directory, line -> {});
                Cluster cluster =
                        Cluster.connect(
                                KafkaSettings.of(
                                        embedded.bootstrapServers(),
                                        embedded.schemaRegistryUrl()))) {
            NewTopic other =
                    new NewTopic(Topics.SOFT_LABELS.name(), 3, (short) 1)
                            .configs(Map.of("retention.ms", "604800000"));
            cluster.await(cluster.admin().createTopics(List.of(other)).all());

            // When
            List<String> differences = cluster.ensure(Topics.all());

            // Then
            assertThat(differences)
                    .containsExactlyInAnyOrder(
                            "topic soft-labels has partitions 3 on the cluster, Labelworth expects 12",
                            "topic soft-labels has retention.ms 604800000 on the cluster, Labelworth expects -1",
                            "topic soft-labels has max.message.bytes 1048588 on the cluster, Labelworth expects 16777216");
            assertThat(cluster.partitions(Topics.IMAGE_REFS)).isEqualTo(12);
            assertThat(cluster.await(cluster.admin().listTopics().names()))
                    .containsAll(Topics.all().stream().map(topic -> topic.name()).toList());
        }
    }
}
