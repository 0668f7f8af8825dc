package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.ServiceState;
import io.labelworth.labeler.LabelerService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A labeler outlives its broker. */
@ExtendWith(SharedCluster.class)
class ITLabelerBrokerKilled {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelerBrokerKilled(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aBrokerKilledTwiceUnderALabelerCostsAndDoublesNoLabel() throws Exception {
        // Given a labeler at work
        TinyImages images = TinyImages.create(cluster.dataRoot(), "broker", Ingested.PLENTY);
        Ingested ingested = new Ingested(cluster, images);
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "broker", 1, 16);
        cluster.announce(expert.event());
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService labeler = labelings.startLabeler("survivor", 1, 8)) {
            // When
            for (int kill = 1; kill <= 2; kill++) {
                ingested.farAhead(watch.labels(expert));
                watch.awaitLabels(expert, watch.labels(expert) + 500);
                cluster.killBroker();
                assertThat(watch.labels(expert))
                        .as("killed in the middle")
                        .isLessThan(ingested.count());
                await().atMost(PATIENCE).until(cluster::serves);
            }

            // Then
            watch.assertExactly(ingested.refs(), expert);
            labelings.awaitCaughtUp(expert);
            assertThat(labeler.health().state()).isEqualTo(ServiceState.RUNNING);
        }
        labelings.assertLabelledOnce(images, ingested.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, ingested.count());
        cluster.retire(expert.event());
    }
}
