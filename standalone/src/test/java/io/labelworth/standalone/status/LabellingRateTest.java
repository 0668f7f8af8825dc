package io.labelworth.standalone.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.LabelingProgress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabellingRateTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void workersAddUpAndEachCountsOnceWithItsLatest() {
        assertThat(
                        LabellingRate.of(
                                List.of(
                                        progress("a", 0, NOW.minusSeconds(5), 10.0),
                                        progress("a", 1, NOW.minusSeconds(1), 20.0),
                                        progress("b", 2, NOW.minusSeconds(1), 5.0)),
                                List.of("a", "b"),
                                NOW))
                .isEqualTo(25.0);
    }

    @Test
    void whoLeftOrWasSilentDoesNotCount() {
        assertThat(
                        LabellingRate.of(
                                List.of(
                                        progress("gone", 0, NOW, 10.0),
                                        progress("silent", 1, NOW.minusSeconds(31), 20.0),
                                        progress("new", 2, NOW, null),
                                        progress("a", 3, NOW, 4.0)),
                                List.of("silent", "new", "a", "a"),
                                NOW))
                .isEqualTo(4.0);
    }

    @Test
    void theRateIsUnknownUntilSomebodySays() {
        assertThat(LabellingRate.of(List.of(progress("a", 0, NOW, null)), List.of("a"), NOW))
                .isNull();
    }

    @Test
    void timeLeftIsTheLagAtThatRate() {
        assertThat(LabellingRate.secondsLeft(101, 10.0)).isEqualTo(11);
        assertThat(LabellingRate.secondsLeft(0, 10.0)).isNull();
        assertThat(LabellingRate.secondsLeft(100, null)).isNull();
        assertThat(LabellingRate.secondsLeft(100, 0.0)).isNull();
    }

    private static LabelingProgress progress(
            String worker, int partition, Instant at, Double imagesPerSecond) {
        return LabelingProgress.newBuilder()
                .setLabellingId("l")
                .setCheckpointId("c")
                .setPartition(partition)
                .setNextImageRefOffset(1)
                .setFirstLabelOffset(0)
                .setNextLabelOffset(1)
                .setImageRefsTopicId("i")
                .setSoftLabelsTopicId("s")
                .setLabelled(1)
                .setFailed(0)
                .setWorker(worker)
                .setUpdatedAt(at)
                .setImagesPerSecond(imagesPerSecond)
                .build();
    }
}
