package io.labelworth.bench.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.schemas.event.LabelingProgress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommitLogTest {

    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final CommitLog log = new CommitLog();

    @Test
    void theRateGoesFromCommitToCommitAfterTheWarmUp() {
        // Given batches of 100 every 500 ms over two partitions, after a slow start
        long labelled = 0;
        for (long at : new long[] {0, 900, 1_400, 1_900, 2_400}) {
            labelled += 50;
            commit("labeler.a.0", 0, labelled, at);
            commit("labeler.a.0", 1, labelled, at + 3);
        }

        assertThat(log.labelled()).isEqualTo(500);
        assertThat(log.firstCommit()).isZero();
        assertThat(log.steady(1, WARM_UP)).isEqualTo(Duration.ofMillis(1_000));
        assertThat(log.rate(WARM_UP)).as("200 labels in 1 s").isCloseTo(200, within(1e-9));
    }

    @Test
    void theSteadyStateOfTwoBeginsWhenBothHaveCommittedAndTheirRatesAddUp() {
        // Given one that starts 5 s later, and workers of one labeler that are one
        for (int i = 0; i <= 100; i++) {
            commit("labeler.a." + i % 2, 0, 10L * (i + 1), 100L * i);
        }
        assertThat(log.steady(2, WARM_UP)).isEqualTo(Duration.ZERO);
        for (int i = 50; i <= 100; i++) {
            commit("labeler.b.0", 1, 20L * (i - 49), 100L * i);
        }

        assertThat(log.steady(2, WARM_UP)).isEqualTo(Duration.ofMillis(4_000));
        assertThat(log.rate(WARM_UP)).isCloseTo(100 + 200, within(1e-9));
    }

    @Test
    void oneCommitAfterTheWarmUpIsNoSteadyStateHoweverLongItTook() {
        commit("labeler.a.0", 0, 100, 0);
        commit("labeler.a.0", 0, 200, 60_000);

        assertThat(log.steady(1, WARM_UP)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aPartitionThatChangesHandsCountsForWhoLabelled() {
        commit("labeler.a.0", 0, 100, 0);
        commit("labeler.b.0", 0, 150, 1_000);
        commit("labeler.b.0", 0, 250, 2_000);
        commit("labeler.a.0", 0, 300, 3_000);

        assertThat(log.labelled()).isEqualTo(300);
    }

    @Test
    void aFailedImageIsNoticed() {
        commit("labeler.a.0", 0, 100, 0);
        assertThat(log.hasFailures()).isFalse();

        log.add(
                LabelingProgress.newBuilder(progress("labeler.a.0", 0, 100)).setFailed(1).build(),
                1);

        assertThat(log.hasFailures()).isTrue();
    }

    private void commit(String worker, int partition, long labelled, long at) {
        log.add(progress(worker, partition, labelled), at);
    }

    private static LabelingProgress progress(String worker, int partition, long labelled) {
        return LabelingProgress.newBuilder()
                .setLabellingId("labelling")
                .setCheckpointId("checkpoint")
                .setPartition(partition)
                .setNextImageRefOffset(labelled)
                .setFirstLabelOffset(0)
                .setNextLabelOffset(labelled)
                .setImageRefsTopicId("a")
                .setSoftLabelsTopicId("b")
                .setLabelled(labelled)
                .setFailed(0)
                .setWorker(worker)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }
}
