package io.labelworth.standalone.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTextTest {

    @Test
    void whatWasDoneToLabelsAndImagesTellsConfigurationsApart() {
        // Given
        AccuracySummary treated =
                AccuracySummary.newBuilder(plain())
                        .setTreatments(
                                List.of(
                                        new Choice("swap-one", Map.of("rank", "1")),
                                        new Choice("normalise", Map.of())))
                        .setSelection(new Choice("images", Map.of("ids", "a,b")))
                        .setRepeatable(true)
                        .build();

        // When
        List<String> lines = render(plain(), treated);

        // Then
        assertThat(lines.get(0)).endsWith(",configuration,treatments,selection,repeatable");
        assertThat(lines.get(1)).endsWith(",c,,,false");
        assertThat(lines.get(2)).endsWith(",c,swap-one rank=1; normalise,\"images ids=a,b\",true");
    }

    @Test
    void theTableNamesTheSelectionOfAFamily() {
        AccuracySummary selected =
                AccuracySummary.newBuilder(plain())
                        .setConfigurationId("d")
                        .setSelection(new Choice("stratified", Map.of("checkpoint", "e")))
                        .build();

        String table =
                ResultsTable.render(
                        new Results(List.of(plain(), selected), List.of(), List.of(), Map.of()));

        assertThat(table)
                .contains("tiny, real images, student convnet {}")
                .contains("tiny, real images by stratified {checkpoint=e}, student convnet {}");
    }

    private static List<String> render(AccuracySummary... summaries) {
        Results results = new Results(List.of(summaries), List.of(), List.of(), Map.of());
        return ResultsCsv.render(results).lines().toList();
    }

    private static AccuracySummary plain() {
        return AccuracySummary.newBuilder()
                .setConfigurationId("c")
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSource("real")
                .setImagesPerClass(1)
                .setRegime("fixed-soft")
                .setCheckpointId("expert/step-1")
                .setTreatments(List.of())
                .setStudent(new Choice("convnet", Map.of()))
                .setRecipe(new Choice("sgd", Map.of()))
                .setSteps(1)
                .setRunIds(List.of("r"))
                .setSubsetSeeds(List.of(1L))
                .setTrainingSeeds(List.of(1L))
                .setSeedsVary("subset+training")
                .setValidation(new Interval(1, 0.5, null, null))
                .setTest(new Interval(1, 0.5, null, null))
                .setLabelEntropy(0)
                .setImages(2)
                .setBytes(10)
                .setStudentCompute(1)
                .build();
    }
}
