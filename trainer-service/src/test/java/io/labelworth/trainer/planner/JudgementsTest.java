package io.labelworth.trainer.planner;

import static io.labelworth.trainer.planner.Given.CHECKPOINT;
import static io.labelworth.trainer.planner.Given.LABELLING;
import static io.labelworth.trainer.planner.Given.image;
import static io.labelworth.trainer.planner.Given.progress;
import static io.labelworth.trainer.planner.Given.softExperiment;
import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.LabelingProgress;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JudgementsTest {

    private final LabellingLog labellings = new LabellingLog(Given.TOPICS);
    private final Readying readying = new Readying(Given::datasets, labellings);
    private final Judgements judgements = new Judgements(readying);
    private final WantedRun run =
            ExperimentRuns.of(
                            softExperiment("soft").build(),
                            Given::datasets,
                            Map.of(CHECKPOINT, Given.checkpoint(CHECKPOINT, LABELLING)))
                    .get(0);

    @BeforeEach
    void anImageOfEachClass() {
        readying.add(image(0, 0), 0, 0);
        readying.add(image(1, 0), 1, 0);
    }

    @Test
    void aRunThatWaitsIsNotJudgedAgainForWhatItDoesNotNeed() {
        // Given
        Readiness before = judgements.of(run);

        // When
        labellings.add(
                LabelingProgress.newBuilder(progress(0, 4)).setLabellingId("another").build());

        // Then
        assertThat(before).isInstanceOf(Readiness.Waiting.class);
        assertThat(judgements.of(run)).isSameAs(before);
    }

    @Test
    void whateverChangesOfWhatARunNeedsIsSeen() {
        // Given
        Readiness before = judgements.of(run);

        // When / Then
        labellings.add(progress(0, 1));
        Readiness some = judgements.of(run);
        assertThat(some).isNotEqualTo(before);
        labellings.add(progress(1, 1));
        assertThat(judgements.of(run)).isInstanceOf(Readiness.Ready.class);
        labellings.add(Given.deadImage("train-0-0"));
        assertThat(judgements.of(run)).isInstanceOf(Readiness.Impossible.class);
    }

    @Test
    void aCheckpointThatFailedAndIsAnnouncedAgainIsSeen() {
        // Given
        labellings.add(Given.deadCheckpoint(3));
        assertThat(judgements.of(run)).isInstanceOf(Readiness.Impossible.class);

        // When
        labellings.announced(LABELLING, 5);

        // Then
        assertThat(judgements.of(run)).isInstanceOf(Readiness.Waiting.class);
    }
}
