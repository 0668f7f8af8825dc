package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.ServiceEndpoint;
import io.labelworth.kafka.TopicReader;
import io.labelworth.labeler.LabelerService;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.labeler.announce.Announced;
import io.labelworth.labeler.announce.CheckpointAnnouncer;
import io.labelworth.labeler.announce.CheckpointLog;
import io.labelworth.labeler.announce.CheckpointRequest;
import io.labelworth.labeler.announce.CheckpointRoot;
import io.labelworth.labeler.announce.CheckpointRoutes;
import io.labelworth.labeler.announce.KafkaCheckpointLog;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.DatasetSource;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.data.OpenDatasets;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelSummary;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.testing.TinyDataset;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import io.labelworth.standalone.expert.CheckpointWatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Experts that PyTorch wrote, announced in every way, and labelled with by a running labeler. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITAnnouncing {

    private static final int IMAGES = 80;
    private static final int IMAGE_BYTES = TinyDataset.SIDE * TinyDataset.SIDE;
    private static final int IDX_HEADER = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** PyTorch's experts know five classes. */
    private static final DatasetInfo INFO =
            new DatasetInfo(
                    TinyDataset.NAME,
                    "announcing-1",
                    5,
                    1,
                    TinyDataset.SIDE,
                    TinyDataset.SIDE,
                    List.of(0.3f),
                    List.of(0.3f));

    private final LabelingCluster cluster;
    private final CheckpointLog log;

    @TempDir private Path drop;

    ITAnnouncing(LabelingCluster cluster) {
        this.cluster = cluster;
        this.log = new KafkaCheckpointLog(cluster.kafka(), "announcing");
    }

    @Test
    void expertsFromAnywhereLabelEveryImageWithTheirOwnLogits() throws Exception {
        // Given
        CheckpointAnnouncer announcer = announcer();
        List<ImageRef> images = references();
        cluster.ingest(images);
        try (LabelerService labeler = startLabeler()) {

            // When
            ExpertCheckpoint module = dropped(announcer);
            ExpertCheckpoint weights = posted(announcer);

            // Then
            assertLabelled(module, images, Architecture.parse("torchscript"));
            assertLabelled(weights, images, Architecture.convnet(2, 4));
            assertThat(weights.getCodec().getParameters()).containsEntry("k", "2");
            cluster.retire(module);
            cluster.retire(weights);
        }
    }

    /** A TorchScript module that a job renames into a watched directory. */
    private ExpertCheckpoint dropped(CheckpointAnnouncer announcer) throws IOException {
        List<Announced> announced = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        CheckpointRequest defaults =
                new CheckpointRequest(
                        INFO.name(),
                        "announcing",
                        0,
                        0,
                        0,
                        WeightsFormat.TORCHSCRIPT,
                        Architecture.parse("torchscript"),
                        Optional.empty(),
                        Precision.FP32,
                        Optional.of(LabelCodecs.parse("fp32")),
                        Optional.empty());
        Path temporary = Files.write(drop.resolve("step-5.pt.tmp"), expert("convnet.pt"));
        Files.move(temporary, drop.resolve("step-5.pt"), StandardCopyOption.ATOMIC_MOVE);
        for (int restart = 0; restart < 2; restart++) {
            CheckpointWatch watch =
                    new CheckpointWatch(
                            drop, defaults, announcer, log, announced::add, problems::add);
            for (int look = 0; look < 3; look++) {
                watch.look();
            }
        }
        assertThat(problems).isEmpty();
        assertThat(announced).hasSize(1);
        return announced.get(0).event();
    }

    /** Weights below the checkpoint root, announced over HTTP. */
    private ExpertCheckpoint posted(CheckpointAnnouncer announcer) throws Exception {
        byte[] weights = expert("convnet-fp32-weights.safetensors");
        Files.write(cluster.checkpointRoot().resolve("posted.safetensors"), weights);
        String body =
                """
                {"dataset": "%s", "run": "announcing", "step": 6, "uri": "posted.safetensors",
                 "sha256": "%s", "format": "safetensors",
                 "architecture": {"name": "convnet", "parameters": {"depth": 2, "width": 4}},
                 "codec": {"name": "topk-fp16", "parameters": {"k": 2}}}"""
                        .formatted(INFO.name(), Sha256.of(weights));
        try (Metrics metrics = new Metrics();
                ServiceEndpoint endpoint =
                        new ServiceEndpoint(
                                HttpAddress.loopback(0),
                                metrics,
                                List::of,
                                config -> CheckpointRoutes.add(config.routes, announcer))) {
            endpoint.start();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + endpoint.port()
                                                                    + "/checkpoints"))
                                            .header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString(body))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        return log.latest().get("announcing/step-00000006");
    }

    private void assertLabelled(
            ExpertCheckpoint checkpoint, List<ImageRef> images, Architecture architecture)
            throws Exception {
        await(checkpoint.getCheckpointId())
                .atMost(PATIENCE)
                .until(() -> labels(checkpoint).size() >= images.size());
        Map<String, SoftLabel> byImage = new HashMap<>();
        labels(checkpoint)
                .forEach(
                        label ->
                                assertThat(byImage.put(label.getImageId(), label))
                                        .as("one label of " + label.getImageId())
                                        .isNull());
        LabelCodec codec =
                LabelCodecs.of(
                        checkpoint.getCodec().getName(), checkpoint.getCodec().getParameters());
        ImageStore store = new ImageStore(cluster.dataRoot());
        try (ExpertModel model = model(checkpoint, architecture)) {
            for (ImageRef image : images) {
                byte[] pixels = store.read(image.getUri(), image.getSha256(), IMAGE_BYTES);
                float[] logits = model.logits(List.of(pixels))[0];
                SoftLabel label = byImage.get(image.getImageId());
                assertThat(label.getLogits()).isEqualTo(ByteBuffer.wrap(codec.encode(logits)));
                assertThat(label.getLogits().remaining()).isEqualTo(codec.bytes(5));
                assertThat(label.getCodec()).isEqualTo(checkpoint.getCodec());
                LabelSummary summary = LabelSummary.of(logits);
                assertThat(label.getEntropy()).isEqualTo((float) summary.entropy());
                assertThat(label.getArgMax()).isEqualTo(summary.argMax());
            }
        }
    }

    private List<SoftLabel> labels(ExpertCheckpoint checkpoint) {
        return TopicReader.all(cluster.kafka().consumers(), Topics.SOFT_LABELS, "test").stream()
                .filter(label -> label.getLabellingId().equals(checkpoint.getLabellingId()))
                .toList();
    }

    private ExpertModel model(ExpertCheckpoint checkpoint, Architecture architecture) {
        return ExpertModel.load(
                cluster.checkpointRoot().resolve(checkpoint.getUri()),
                checkpoint.getSha256(),
                new ExpertModel.Description(
                        WeightsFormat.of(checkpoint.getFormat()),
                        architecture.forDataset(INFO),
                        Preprocessing.of(INFO),
                        Precision.FP32),
                ComputeDevice.CPU);
    }

    private CheckpointAnnouncer announcer() {
        TinyDataset.write(cluster.dataRoot().resolve(INFO.name()), 40, 2);
        DatasetSource tiny = TinyDataset.source(cluster.dataRoot().resolve(INFO.name()), List.of());
        Datasets datasets =
                new Datasets(
                        List.of(
                                new DatasetSource(
                                        INFO, tiny.files(), Optional.empty(), List.of())));
        return new CheckpointAnnouncer(
                log,
                new CheckpointRoot(cluster.checkpointRoot(), List.of(Path.of("torchscript"))),
                new OpenDatasets(datasets, cluster.dataRoot()),
                8,
                ComputeDevice.CPU,
                Clock.systemUTC());
    }

    private LabelerService startLabeler() {
        return cluster.startLabeler(
                "announcing",
                Map.of(
                        LabelerSettings.DEVICE, "cpu",
                        LabelerSettings.TORCHSCRIPT_DIRS, "torchscript"));
    }

    private List<ImageRef> references() throws IOException {
        String uri = INFO.name() + "/train-images-idx3-ubyte";
        byte[] file = Files.readAllBytes(cluster.dataRoot().resolve(uri));
        List<ImageRef> references = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            int from = IDX_HEADER + i * IMAGE_BYTES;
            references.add(
                    ImageRef.newBuilder()
                            .setDataset(INFO.name())
                            .setDatasetVersion(INFO.version())
                            .setSplit("train")
                            .setImageId("train-%05d".formatted(i))
                            .setUri(uri + "#" + i)
                            .setSha256(
                                    Sha256.of(Arrays.copyOfRange(file, from, from + IMAGE_BYTES)))
                            .setImageClass(i % TinyDataset.CLASSES)
                            .setRank(i / TinyDataset.CLASSES)
                            .build());
        }
        return references;
    }

    private static byte[] expert(String name) throws IOException {
        try (InputStream in = ITAnnouncing.class.getResourceAsStream("/pytorch/" + name)) {
            return in.readAllBytes();
        }
    }
}
