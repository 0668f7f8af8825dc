package io.labelworth.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.learning.testing.TinyDataset;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.standalone.status.LabellingStatus;
import io.labelworth.standalone.status.StatusReader;
import java.time.Instant;
import java.util.List;

/** What must hold after the flow, wherever it ran. */
final class FlowGuarantees {

    private static final String CLIENT = "flow-test";

    private FlowGuarantees() {}

    static void check(FlowScenario scenario, FlowScenario.Pass pass, KafkaConnection kafka) {
        int checkpoints = scenario.checkpointIds().size();
        int configurations = FlowScenario.BUDGETS.size() * (1 + checkpoints);
        assertThat(pass.ingested()).isEqualTo(FlowScenario.POOL * TinyDataset.CLASSES);
        assertThat(pass.failures()).isEmpty();
        assertThat(pass.runIds())
                .doesNotHaveDuplicates()
                .hasSize(configurations * FlowScenario.SEEDS.size());
        everyImageHasOneLabelOfEveryCheckpoint(kafka, checkpoints * pass.ingested());
        everyGroupHasNoLag(kafka, checkpoints, pass.ingested());
        everyRunEndsInOneResult(kafka, pass);
        analyticsCountsEveryRunOnce(pass, configurations);
    }

    private static void everyImageHasOneLabelOfEveryCheckpoint(KafkaConnection kafka, int wanted) {
        List<SoftLabel> labels = TopicReader.all(kafka.consumers(), Topics.SOFT_LABELS, CLIENT);
        assertThat(labels)
                .hasSize(wanted)
                .extracting(
                        label ->
                                Keys.softLabel(
                                        label.getDataset(),
                                        label.getSource(),
                                        label.getLabellingId(),
                                        label.getImageId()))
                .doesNotHaveDuplicates();
    }

    private static void everyGroupHasNoLag(KafkaConnection kafka, int checkpoints, int images) {
        List<LabellingStatus> labellings = StatusReader.read(kafka, Instant.now()).labellings();
        assertThat(labellings)
                .hasSize(checkpoints)
                .allSatisfy(
                        labelling -> {
                            assertThat(labelling.lag()).isZero();
                            assertThat(labelling.labelled()).isEqualTo(images);
                            assertThat(labelling.failed()).isZero();
                        });
    }

    private static void everyRunEndsInOneResult(KafkaConnection kafka, FlowScenario.Pass pass) {
        assertThat(TopicReader.all(kafka.consumers(), Topics.ACCURACY, CLIENT))
                .filteredOn(Accuracy::getFinalResult)
                .extracting(Accuracy::getRunId)
                .containsExactlyInAnyOrderElementsOf(pass.runIds());
        assertThat(TopicReader.latest(kafka.consumers(), Topics.RUN_STATUS, CLIENT).values())
                .extracting(RunStatus::getState)
                .containsOnly("done");
    }

    private static void analyticsCountsEveryRunOnce(FlowScenario.Pass pass, int configurations) {
        List<AccuracySummary> summaries = pass.results().summaries();
        assertThat(summaries)
                .hasSize(configurations)
                .allSatisfy(
                        summary ->
                                assertThat(summary.getTest().getN())
                                        .isEqualTo(FlowScenario.SEEDS.size()));
        assertThat(pass.results().worths())
                .extracting(LabelWorth::getImagesPerClass)
                .containsExactlyElementsOf(FlowScenario.BUDGETS);
        assertThat(pass.results().frontiers()).isNotEmpty();
    }
}
