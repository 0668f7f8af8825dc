package io.labelworth.labeler.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelTable;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.Safetensors;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.network.Whitening;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experts that real PyTorch wrote: announced as they are, or refused and nothing left behind. */
class CheckpointAnnouncerTest {

    private static final String CODE = "torchscript";
    private static final List<String> BOTH = List.of("noise-00000", "noise-00001");

    @TempDir private Path folder;
    private Path root;
    private Path weights;
    private Path module;
    private final Given.Log log = new Given.Log();

    @BeforeEach
    void dropExperts() {
        root = folder.resolve("root");
        weights = Given.expert("convnet-fp32-weights.safetensors", folder.resolve("convnet.st"));
        module = Given.expert("convnet.pt", folder.resolve("convnet.pt"));
    }

    @Test
    void aStateDictIsMeasuredCopiedAndAnnounced() throws Exception {
        // When
        Announced announced = announcer().adopt(weights, Given.convNet());

        // Then
        ExpertCheckpoint event = announced.event();
        assertThat(log.announced).containsExactly(Map.entry("mine/step-00000007", event));
        assertThat(event.getUri()).startsWith("noise/mine/step-00000007-").endsWith(".safetensors");
        assertThat(root.resolve(event.getUri())).hasSameBinaryContentAs(weights);
        assertThat(event.getSha256()).isEqualTo(Given.sha256(weights));
        assertThat(event.getImagesSeen()).isEqualTo(1500);
        assertThat(event.getCodec().getName()).isEqualTo("fp16");
        assertThat(announced.bytesPerLabel()).isEqualTo(10);
        ExpertTrial trial = announced.trial().orElseThrow();
        assertThat(trial.images()).isEqualTo(300);
        assertThat(trial.accuracy()).isBetween(0.0, 1.0).isEqualTo(event.getValidationAccuracy());
        assertThat(trial.entropy()).isBetween(0.0, Math.log(5)).isEqualTo(event.getLabelEntropy());
        assertThat(trial.codecError().largestProbabilityError()).isBetween(1e-9, 4e-3);
        assertThat(trial.precisionLoss()).isEmpty();
        assertThat(logits(event, WeightsFormat.SAFETENSORS)).hasDimensions(1, 5);
    }

    @Test
    void aWhiteningIsCopiedWithTheWeights() throws Exception {
        // Given
        int floats = Given.NOISE.info().imageBytes();
        float[] identity = new float[floats * floats];
        for (int i = 0; i < floats; i++) {
            identity[i * (floats + 1)] = 1;
        }
        Whitening whitening = new Whitening(0.1, identity, new float[floats]);
        CheckpointRequest plain = Given.convNet();
        CheckpointRequest request =
                new CheckpointRequest(
                        plain.dataset(),
                        plain.run(),
                        plain.step(),
                        plain.epoch(),
                        plain.imagesSeen(),
                        plain.format(),
                        plain.architecture(),
                        Optional.of(Preprocessing.of(Given.NOISE.info()).whitened(whitening.zca())),
                        plain.precision(),
                        plain.codec(),
                        plain.sha256());

        // Then: it is needed
        assertThat(refusal(() -> announcer().adopt(weights, request)))
                .hasMessageContaining(whitening.zca().fileName() + " is not there");

        // When
        whitening.write(folder);
        ExpertCheckpoint event = announcer().adopt(weights, request).event();

        // Then
        assertThat(event.getPreprocessing().getName()).isEqualTo("zca");
        assertThat(root.resolve(event.getUri()).resolveSibling(whitening.zca().fileName()))
                .hasSameBinaryContentAs(folder.resolve(whitening.zca().fileName()));
    }

    @Test
    void aTorchScriptModuleIsKeptWhereCodeMayBeRun() throws Exception {
        // When
        ExpertCheckpoint event = announcer().adopt(module, Given.module()).event();

        // Then
        assertThat(event.getUri()).startsWith("torchscript/noise/mine/").endsWith(".pt");
        assertThat(event.getFormat()).isEqualTo("torchscript");
        assertThat(event.getArchitecture().getParameters()).containsEntry("classes", "5");
        float[] answer = logits(event, WeightsFormat.TORCHSCRIPT)[0];
        ExpertCheckpoint same = announcer().adopt(weights, at(8)).event();
        assertThat(answer)
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly(logits(same, WeightsFormat.SAFETENSORS)[0]);
    }

    @Test
    void aTableIsMeasuredOnItsOwnImagesAndAnnouncedWithoutAccuracy() throws Exception {
        // When: one of two labels has its largest logit at the class
        Path table = table(BOTH, 5);
        Announced announced = announcer().adopt(table, tableRequest());

        // Then
        ExpertCheckpoint event = announced.event();
        assertThat(event.getFormat()).isEqualTo("label-table");
        assertThat(event.getArchitecture().getName()).isEqualTo("label-table");
        assertThat(event.getArchitecture().getParameters()).containsEntry("classes", "5");
        assertThat(event.getValidationAccuracy()).isNull();
        assertThat(event.getLabelEntropy()).isNull();
        ExpertTrial trial = announced.trial().orElseThrow();
        assertThat(trial.images()).isEqualTo(2);
        assertThat(trial.accuracy()).isEqualTo(0.5);
    }

    @Test
    void tablesThatAreNotOfTheDatasetAreRefused() throws Exception {
        assertThat(refusal(List.of("noise-00000", "train-9"), 5, tableRequest()))
                .hasMessageContaining("train-9, which is no candidate image of noise-1");
        assertThat(refusal(BOTH, 3, tableRequest()))
                .hasMessageContaining("3 classes, and noise has 5");
        assertThat(refusal(() -> announcer().adopt(weights, tableRequest())))
                .hasMessageContaining("is a safetensors file where label-table is expected");
        assertThat(refusal(BOTH, 5, Given.convNet()))
                .hasMessageContaining("is a label table where safetensors is expected");
        assertThat(log.announced).isEmpty();
    }

    private RefusedException refusal(List<String> images, int classes, CheckpointRequest request)
            throws IOException {
        Path table = table(images, classes);
        return refusal(() -> announcer().adopt(table, request));
    }

    private static CheckpointRequest tableRequest() {
        return Given.request(WeightsFormat.LABEL_TABLE, "label-table");
    }

    private Path table(List<String> images, int classes) throws IOException {
        float[][] logits = new float[images.size()][classes];
        for (float[] row : logits) {
            row[0] = 1;
        }
        return Files.write(
                folder.resolve("table.safetensors"), LabelTable.of(images, logits).encode());
    }

    @Test
    void whatTheRequestSaysOfLabelsGoesIntoTheAnnouncement() throws Exception {
        // Given
        CheckpointRequest request =
                new CheckpointRequest(
                        "noise",
                        "mine",
                        0,
                        0,
                        600,
                        WeightsFormat.SAFETENSORS,
                        Given.convNet().architecture(),
                        Optional.of(new Preprocessing(List.of(0.5f), List.of(0.25f))),
                        Precision.BF16,
                        Optional.of(LabelCodecs.parse("topk-fp16(k=2)")),
                        Optional.of(Given.sha256(weights)));

        // When
        Announced announced = announcer().adopt(weights, request);

        // Then
        ExpertCheckpoint event = announced.event();
        assertThat(event.getEpoch()).isEqualTo(0.2);
        assertThat(event.getPrecision()).isEqualTo("bf16");
        assertThat(event.getCodec().getName()).isEqualTo("topk-fp16");
        assertThat(event.getCodec().getParameters()).isEqualTo(Map.of("k", "2"));
        assertThat(event.getPreprocessing().getParameters()).containsEntry("mean", "0.5");
        assertThat(announced.bytesPerLabel()).isEqualTo(10);
        assumeThat(ComputeDevice.CPU.hasBf16()).isTrue();
        assertThat(announced.trial().orElseThrow().precisionLoss().orElseThrow().meanDivergence())
                .isBetween(0.0, 0.1);
    }

    @Test
    void theVerySameIsAnnouncedOnceUnlessItWasRetired() throws Exception {
        // Given
        ExpertCheckpoint first = announcer().adopt(weights, Given.convNet()).event();

        // When
        Announced second = announcer().adopt(weights, Given.convNet());

        // Then
        assertThat(second.trial()).isEmpty();
        assertThat(second.event()).isEqualTo(first);
        assertThat(log.appended).isEqualTo(1);
        log.append(ExpertCheckpoint.newBuilder(first).setRetired(true).build());
        assertThat(announcer().adopt(weights, Given.convNet()).event().getRetired()).isFalse();
        Files.delete(root.resolve(first.getUri()));
        announcer().adopt(weights, Given.convNet());
        assertThat(root.resolve(first.getUri())).exists();
    }

    @Test
    void aFileBelowTheRootIsAnnouncedWhereItIs() throws Exception {
        // Given
        Given.expert("convnet-bf16-weights.safetensors", root.resolve("jobs/a.safetensors"));
        String sha256 = Given.sha256(root.resolve("jobs/a.safetensors"));

        // When
        Announced announced =
                announcer().announce("jobs/a.safetensors", named(Given.convNet(), sha256));

        // Then
        assertThat(announced.event().getUri()).isEqualTo("jobs/a.safetensors");
        assertThat(files()).containsExactly("jobs/a.safetensors");
    }

    @Test
    void ofASplitThatIsNotTriedToTheEndTheAccuracyStaysUnknown() throws Exception {
        // Given
        Given.expert("convnet-fp32-weights.safetensors", root.resolve("a.safetensors"));
        CheckpointAnnouncer hasty =
                new CheckpointAnnouncer(
                        log,
                        new CheckpointRoot(root, List.of()),
                        name -> Given.NOISE,
                        8,
                        ComputeDevice.CPU,
                        Clock.systemUTC());

        // When
        Announced announced =
                hasty.announce("a.safetensors", named(Given.convNet(), Given.sha256(weights)));

        // Then
        assertThat(announced.trial().orElseThrow().images()).isEqualTo(8);
        assertThat(announced.event().getValidationAccuracy()).isNull();
        assertThat(announced.event().getLabelEntropy()).isNull();
    }

    @Test
    void anExpertOfOtherImagesOrClassesIsRefused() {
        // Classes
        assertRefused("unusable-model", "[6, 64]", NoiseDataset.like(1, 12, 6), weights, false);
        assertRefused("unusable-model", "it answers", NoiseDataset.like(1, 12, 6), module, true);
        // Size
        assertRefused("unusable-model", "shape", NoiseDataset.like(1, 32, 5), weights, false);
        assertRefused("unusable-model", "it fails", NoiseDataset.like(1, 32, 5), module, true);
        // Channels
        assertRefused("unusable-model", "shape", NoiseDataset.like(3, 12, 5), weights, false);
        assertRefused("unusable-model", "it fails", NoiseDataset.like(3, 12, 5), module, true);
    }

    @Test
    void anArchitectureThatSaysOtherwiseThanTheDatasetIsRefused() {
        assertRefused(
                "wrong-input",
                "classes is 6 in the architecture and 5 in noise",
                weights,
                Given.request(WeightsFormat.SAFETENSORS, "convnet(depth=2,width=4,classes=6)"));
        assertRefused(
                "unusable-model",
                "unknown architecture",
                weights,
                Given.request(WeightsFormat.SAFETENSORS, "vgg(depth=11)"));
    }

    @Test
    void anExpertThatAnswersWithNoNumberIsRefused() throws IOException {
        // Given
        Map<String, FloatTensor> tensors = Safetensors.decode(Files.readAllBytes(weights));
        tensors.get("classifier.bias").values()[0] = Float.NaN;
        Path broken = folder.resolve("broken.safetensors");
        WeightsFile.write(broken, tensors);

        // Then
        assertRefused("unusable-model", "answers with NaN", broken, Given.convNet());
    }

    @Test
    void anotherFileThanNamedIsRefused() {
        assertRefused("wrong-hash", "SHA-256", weights, named(Given.convNet(), "0".repeat(64)));
    }

    @Test
    void codeIsRunFromConfiguredDirectoriesOnly() {
        // Given
        Given.expert("convnet.pt", root.resolve("elsewhere/convnet.pt"));
        Given.expert("convnet.pt", root.resolve("torchscript/convnet.pt"));
        CheckpointRequest request = named(Given.module(), Given.sha256(module));

        // Then
        assertThat(refusal(() -> announcer().announce("elsewhere/convnet.pt", request)).kind())
                .isEqualTo("location-not-allowed");
        assertThat(
                        refusal(
                                        () ->
                                                Given.announcer(log, root, Given.NOISE)
                                                        .adopt(module, Given.module()))
                                .kind())
                .isEqualTo("location-not-allowed");
        assertThat(
                        refusal(() -> announcer().announce("torchscript/../../convnet.pt", request))
                                .kind())
                .isEqualTo("outside-root");
        assertThat(log.appended).isZero();
    }

    @Test
    void whatIsNoSuchFileIsSaidToBe() throws IOException {
        // Given
        Path pickle = folder.resolve("model.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(pickle))) {
            zip.putNextEntry(new ZipEntry("model/data.pkl"));
            zip.write(new byte[9]);
        }
        Path cut = folder.resolve("cut.safetensors");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(weights), 900));

        // Then
        assertRefused("wrong-format", "as torch.save writes", pickle, Given.module());
        assertRefused("wrong-format", "TorchScript", module, Given.convNet());
        assertRefused("wrong-format", "safetensors", weights, Given.module());
        assertRefused("unusable-model", "", cut, Given.convNet());
        assertRefused("missing-file", "no file", folder.resolve("none"), Given.convNet());
    }

    @Test
    void aRequestThatMakesNoSenseIsRefused() {
        CheckpointRequest good = Given.convNet();
        assertRefused("bad-request", "step", weights, at(-1));
        assertRefused("bad-request", "run", weights, run("../mine"));
        assertRefused("bad-request", "sha256", weights, named(good, "../etc"));
        assertRefused("bad-request", "epoch", weights, epoch(Double.NaN));
        assertRefused("unknown-dataset", "other", weights, dataset("other"));
        assertRefused("unknown-codec", "k must be", weights, codec("topk-fp16(k=5)"));
    }

    @Test
    void aNameIsOneCheckpointsForGood() throws Exception {
        // Given
        announcer().adopt(weights, Given.convNet());
        Path other = Given.expert("convnet-bf16-weights.safetensors", folder.resolve("other.st"));

        // When
        RefusedException refused = refusal(() -> announcer().adopt(other, Given.convNet()));

        // Then
        assertThat(refused.kind()).isEqualTo("taken");
        assertThat(files()).hasSize(1);
        assertThat(log.appended).isEqualTo(1);
    }

    private CheckpointAnnouncer announcer() {
        return Given.announcer(log, root, Given.NOISE, CODE);
    }

    private float[][] logits(ExpertCheckpoint event, WeightsFormat format) {
        ExpertModel.Description description =
                new ExpertModel.Description(
                        format,
                        new Architecture(
                                event.getArchitecture().getName(),
                                event.getArchitecture().getParameters()),
                        Preprocessing.of(Given.NOISE.info()),
                        Precision.FP32);
        byte[] image = new byte[Given.NOISE.info().imageBytes()];
        Given.NOISE.validation().pixels(0, image, 0);
        try (ExpertModel model =
                ExpertModel.load(
                        root.resolve(event.getUri()),
                        event.getSha256(),
                        description,
                        ComputeDevice.CPU)) {
            return model.logits(List.of(image));
        }
    }

    private void assertRefused(
            String kind, String line, NoiseDataset dataset, Path file, boolean code) {
        CheckpointAnnouncer announcer = Given.announcer(log, root, dataset, CODE);
        assertRefused(kind, line, announcer, file, code ? Given.module() : Given.convNet());
    }

    private void assertRefused(String kind, String line, Path file, CheckpointRequest request) {
        assertRefused(kind, line, announcer(), file, request);
    }

    /** Refused in one line, and nothing copied or announced. */
    private void assertRefused(
            String kind,
            String line,
            CheckpointAnnouncer announcer,
            Path file,
            CheckpointRequest request) {
        RefusedException refused = refusal(() -> announcer.adopt(file, request));
        assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(kind);
        assertThat(refused).hasMessageContaining(line).hasMessageNotContaining("\n");
        assertThat(root).doesNotExist();
        assertThat(log.appended).isZero();
    }

    private interface Announcing {
        void run() throws Exception;
    }

    private static RefusedException refusal(Announcing announcing) {
        return catchThrowableOfType(RefusedException.class, announcing::run);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }

    private static CheckpointRequest named(CheckpointRequest r, String sha256) {
        return request(r, r.dataset(), r.run(), r.step(), r.epoch(), null, sha256);
    }

    private static CheckpointRequest at(long step) {
        CheckpointRequest r = Given.convNet();
        return request(r, r.dataset(), r.run(), step, r.epoch(), null, null);
    }

    private static CheckpointRequest run(String run) {
        CheckpointRequest r = Given.convNet();
        return request(r, r.dataset(), run, r.step(), r.epoch(), null, null);
    }

    private static CheckpointRequest epoch(double epoch) {
        CheckpointRequest r = Given.convNet();
        return request(r, r.dataset(), r.run(), r.step(), epoch, null, null);
    }

    private static CheckpointRequest dataset(String dataset) {
        CheckpointRequest r = Given.convNet();
        return request(r, dataset, r.run(), r.step(), r.epoch(), null, null);
    }

    private static CheckpointRequest codec(String codec) {
        CheckpointRequest r = Given.convNet();
        return request(r, r.dataset(), r.run(), r.step(), r.epoch(), codec, null);
    }

    private static CheckpointRequest request(
            CheckpointRequest r,
            String dataset,
            String run,
            long step,
            double epoch,
            String codec,
            String sha256) {
        return new CheckpointRequest(
                dataset,
                run,
                step,
                epoch,
                0,
                r.format(),
                r.architecture(),
                Optional.empty(),
                Precision.FP32,
                Optional.ofNullable(codec).map(LabelCodecs::parse),
                Optional.ofNullable(sha256));
    }
}
