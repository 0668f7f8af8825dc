package io.labelworth.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.learning.network.Torch;
import io.labelworth.learning.testing.TinyDataset;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.standalone.takehome.Export;
import io.labelworth.standalone.takehome.SetFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold of a set that is taken home, held against a plain reading of the topics. */
final class ExportGuarantees {

    private static final int BUDGET = 4;
    private static final String CLIENT = "export-test";

    private final KafkaConnection kafka;
    private final Dataset dataset;
    private final ImageStore store;
    private final Map<String, Candidate> candidates;

    ExportGuarantees(KafkaConnection kafka, Dataset dataset, Path imageRoot) {
        this.kafka = kafka;
        this.dataset = dataset;
        this.store = new ImageStore(imageRoot);
        this.candidates =
                dataset.candidates(FlowScenario.POOL).stream()
                        .collect(Collectors.toMap(Candidate::imageId, Function.identity()));
    }

    /** The best run's set without an id, and a soft-labelled run's by the beginning of its id. */
    void check(FlowScenario.Pass pass, Export export, Path folder) throws Exception {
        Accuracy best = bestByValidation(pass.results().summaries());
        export.write(request(null, folder.resolve("best")));
        hasTheSetOf(best, folder.resolve("best"));

        Accuracy soft =
                results().filter(result -> !result.getRegime().equals("hard")).findFirst().get();
        export.write(request(soft.getRunId().substring(0, 20), folder.resolve("soft")));
        hasTheSetOf(soft, folder.resolve("soft"));

        assertThatThrownBy(() -> export.write(request(null, folder.resolve("soft"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> export.write(request("no-such-run", folder.resolve("none"))))
                .isInstanceOf(ConfigurationException.class);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("best", "soft");
    }

    private static Export.Request request(String runId, Path folder) {
        return new Export.Request(TinyDataset.NAME, BUDGET, runId, SetFormat.NPZ, folder);
    }

    private Stream<Accuracy> results() {
        return TopicReader.all(kafka.consumers(), Topics.ACCURACY, CLIENT).stream()
                .filter(Accuracy::getFinalResult)
                .filter(result -> result.getImagesPerClass() == BUDGET);
    }

    private Accuracy bestByValidation(List<AccuracySummary> summaries) {
        AccuracySummary best =
                summaries.stream()
                        .filter(summary -> summary.getImagesPerClass() == BUDGET)
                        .max(
                                Comparator.comparing(
                                                (AccuracySummary s) -> s.getValidation().getMean())
                                        .thenComparing(AccuracySummary::getConfigurationId))
                        .get();
        return results()
                .filter(result -> best.getRunIds().contains(result.getRunId()))
                .max(
                        Comparator.comparing(Accuracy::getValidationAccuracy)
                                .thenComparing(Accuracy::getRunId))
                .get();
    }

    private void hasTheSetOf(Accuracy result, Path folder) throws Exception {
        JsonNode card = new ObjectMapper().readTree(folder.resolve("card.json").toFile());
        assertThat(card.get("runId").asText()).isEqualTo(result.getRunId());
        assertThat(card.get("labelDigest").asText()).isEqualTo(result.getLabelDigest());
        assertThat(card.get("accuracy").get("test").asDouble()).isEqualTo(result.getTestAccuracy());
        assertThat(Files.readString(folder.resolve("README.md"))).contains(result.getRunId());
        try (NDManager manager = Torch.newManager();
                var in = Files.newInputStream(folder.resolve("set.npz"))) {
            NDList arrays = NDList.decode(manager, in);
            int size = BUDGET * TinyDataset.CLASSES;
            assertThat(card.get("imageIds")).hasSize(size);
            for (int i = 0; i < size; i++) {
                Candidate image = candidates.get(card.get("imageIds").get(i).asText());
                assertThat(named(arrays, "classes").getLong(i)).isEqualTo(image.imageClass());
                assertThat(named(arrays, "images").get(i).toByteArray()).isEqualTo(pixels(image));
                assertThat(named(arrays, "labels").get(i).toFloatArray())
                        .containsExactly(target(result, image), within(1e-6f));
            }
        }
    }

    private byte[] pixels(Candidate image) throws Exception {
        return store.read(image.uri(), image.sha256(), dataset.info().imageBytes());
    }

    private float[] target(Accuracy result, Candidate image) {
        if (result.getRegime().equals("hard")) {
            return SoftLabels.oneHot(image.imageClass(), TinyDataset.CLASSES);
        }
        SoftLabel label =
                TopicReader.all(kafka.consumers(), Topics.SOFT_LABELS, CLIENT).stream()
                        .filter(l -> l.getLabellingId().equals(result.getLabellingId()))
                        .filter(l -> l.getImageId().equals(image.imageId()))
                        .findFirst()
                        .get();
        float[] logits =
                LabelCodecs.of(label.getCodec().getName(), label.getCodec().getParameters())
                        .decode(label.getLogits().array(), TinyDataset.CLASSES);
        return SoftLabels.softmax(logits, 1);
    }

    private static NDArray named(NDList arrays, String name) {
        return arrays.stream().filter(array -> name.equals(array.getName())).findFirst().get();
    }
}
