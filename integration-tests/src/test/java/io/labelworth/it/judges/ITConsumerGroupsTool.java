package io.labelworth.it.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.it.labeler.LabelingCluster;
import io.labelworth.it.labeler.TinyExpert;
import io.labelworth.it.labeler.TinyImages;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The work that is left of a labelling is the lag of its group, in Kafka's own tool. */
class ITConsumerGroupsTool {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LAG_COLUMN = 5;

    @TempDir Path directory;

    private LabelingCluster cluster;
    private TinyImages images;
    private TinyExpert early;
    private TinyExpert late;

    @BeforeEach
    void announceTwoCheckpointsOfTheSameImages() throws Exception {
        cluster = LabelingCluster.start(directory.resolve("cluster"));
        images = TinyImages.create(cluster.dataRoot(), "tool", 120);
        early = TinyExpert.create(cluster.checkpointRoot(), "tool", 1);
        late = TinyExpert.create(cluster.checkpointRoot(), "tool", 2);
        cluster.ingest(images.refs());
        cluster.announce(early.event());
        cluster.announce(late.event());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void showsAGroupPerCheckpointWithNothingLeft() {
        // Given a labeler that has written a label of every image by both checkpoints
        try (LabelerService labeler = startLabeler()) {
            await().atMost(PATIENCE).until(() -> labels() == 2 * images.refs().size());
            assertThat(labeler.health().up()).isTrue();
        }

        // When Kafka's tool describes all groups
        List<String> lines = consumerGroups("--describe", "--all-groups");

        // Then each checkpoint's group has a line for each partition, and lag 0 on all
        for (TinyExpert expert : List.of(early, late)) {
            assertThat(lagOf(expert, lines)).hasSize(Topics.WIDE).containsOnly("0");
        }
        // And there is no other labeler's group
        assertThat(consumerGroups("--list"))
                .filteredOn(group -> group.startsWith("labeler."))
                .containsExactlyInAnyOrder(early.group(), late.group());
    }

    private int labels() {
        return cluster.all(Topics.SOFT_LABELS).size();
    }

    private LabelerService startLabeler() {
        return cluster.startLabeler("judged", Map.of(LabelerSettings.WORKERS, "2"));
    }

    private List<String> consumerGroups(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--bootstrap-server";
        all[arguments.length + 1] = cluster.kafka().settings().bootstrapServers();
        return Tool.java(ConsumerGroupCommand.class).lines(all);
    }

    /**
     * Lag column of the lines of a group: GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG
     * ...
     */
    private static List<String> lagOf(TinyExpert expert, List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[0].equals(expert.group()))
                .map(columns -> columns[LAG_COLUMN])
                .toList();
    }
}
