package io.labelworth.standalone.expert;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.labeler.announce.Announced;
import io.labelworth.labeler.announce.CheckpointAnnouncer;
import io.labelworth.labeler.announce.CheckpointLog;
import io.labelworth.labeler.announce.CheckpointRequest;
import io.labelworth.labeler.announce.CheckpointRoot;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ConvNetShape;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Safetensors;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.testing.TinyDataset;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training job drops, whole or not yet, is announced once. */
class CheckpointWatchTest {

    @TempDir private Path folder;
    private Path drop;
    private Dataset dataset;
    private Architecture architecture;
    private final Log log = new Log();
    private final List<Announced> announced = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private CheckpointWatch watch;

    /** A topic in memory, on a cluster that may be away. */
    private static final class Log implements CheckpointLog {
        private final Map<String, ExpertCheckpoint> checkpoints = new LinkedHashMap<>();
        private boolean away;

        @Override
        public Map<String, ExpertCheckpoint> latest() {
            if (away) {
                throw new TimeoutException("no broker");
            }
            return checkpoints;
        }

        @Override
        public void append(ExpertCheckpoint checkpoint) {
            checkpoints.put(checkpoint.getCheckpointId(), checkpoint);
        }
    }

    @BeforeEach
    void openFolder() throws IOException {
        drop = Files.createDirectory(folder.resolve("drop"));
        dataset = TinyDataset.create(folder.resolve("data"), 20, 2);
        architecture = Architecture.convnet(2, 4);
        watch = watch(WeightsFormat.SAFETENSORS);
    }

    @Test
    void aFileThatIsRenamedIntoPlaceIsAnnouncedOnce() throws IOException {
        // Given: as torch.save to a temporary name, then os.replace
        Path temporary = drop.resolve("step-10.safetensors.tmp");
        Files.write(temporary, weights(1));
        look(3);
        assertThat(announced).isEmpty();

        // When
        Files.move(temporary, drop.resolve("step-10.safetensors"), StandardCopyOption.ATOMIC_MOVE);
        look(5);

        // Then
        assertThat(announced).hasSize(1);
        assertThat(log.checkpoints).containsOnlyKeys("mine/step-00000010");
        assertThat(AnnouncedText.of(announced.get(0)))
                .startsWith("mine/step-00000010: validation accuracy")
                .contains("8 bytes per label, fp16 changes");
        assertThat(problems).isEmpty();
    }

    @Test
    void aFileThatGrowsIsLeftAloneUntilItIsAllThere() throws Exception {
        // Given
        byte[] content = weights(1);
        Path file = drop.resolve("step-10.safetensors");
        CompletableFuture<Void> job = CompletableFuture.runAsync(() -> writeSlowly(file, content));

        // When
        while (!job.isDone()) {
            look(1);
            if (Files.exists(file) && Files.size(file) < content.length) {
                assertThat(announced).isEmpty();
            }
        }
        job.get();
        look(3);

        // Then
        assertThat(log.checkpoints).containsOnlyKeys("mine/step-00000010");
        assertThat(problems).isEmpty();
    }

    @Test
    void aFileThatStopsShortIsLeftAlone() throws IOException {
        // Given: a job that died, or is between two writes
        byte[] content = weights(1);
        Path file = drop.resolve("step-10.safetensors");
        for (int length : new int[] {0, 4, 9, 200, content.length - 1}) {
            Files.write(file, Arrays.copyOf(content, length));
            look(4);
        }
        Path module = drop.resolve("step-11.pt");
        Files.write(module, Arrays.copyOf(resource("convnet.pt"), 9000));
        look(4);

        // Then
        assertThat(announced).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void aFileOfFullSizeThatStillChangesIsLeftAlone() throws IOException {
        // Given: space was reserved, and the values are written now
        Path file = drop.resolve("step-10.safetensors");
        Files.write(file, weights(1));
        for (int second = 0; second < 5; second++) {
            look(1);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000 + 1000 * second));
        }
        assertThat(announced).isEmpty();

        // When
        look(2);

        // Then
        assertThat(announced).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".step-10.safetensors",
                ".step-10.safetensors.Xy12",
                "step-10.safetensors.tmp",
                "step-10.safetensors.part",
                "step-10.partial",
                "step-10.bin",
                "step-10.json"
            })
    void whatIsNoCheckpointByItsNameIsPassedOver(String name) throws IOException {
        // Given
        Files.write(drop.resolve(name), weights(1));
        Files.createDirectory(drop.resolve("step-11.safetensors"));

        // When
        look(3);

        // Then
        assertThat(announced).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void aRestartAnnouncesNothingTwice() throws IOException {
        // Given
        Files.write(drop.resolve("step-10.safetensors"), weights(1));
        Files.write(drop.resolve("step-20.safetensors"), weights(2));
        look(2);

        // When
        watch = watch(WeightsFormat.SAFETENSORS);
        look(3);
        Files.write(drop.resolve("step-30.safetensors"), weights(3));
        look(2);

        // Then
        assertThat(announced)
                .extracting(one -> one.event().getStep())
                .containsExactly(10L, 20L, 30L);
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsRefusedIsReportedOnceAndAgainWhenItHasChanged() throws IOException {
        // Given
        Path file = drop.resolve("step-10.safetensors");
        Files.write(file, weights(Architecture.convnet(2, 5), 1));
        look(4);
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("step-10.safetensors is not announced: ")
                .contains("shape")
                .doesNotContain("\n");

        // When
        Files.write(file, weights(Architecture.convnet(2, 6), 1));
        look(4);
        assertThat(problems).hasSize(2);
        Files.writeString(
                drop.resolve("step-10.json"),
                "{\"architecture\": {\"name\": \"convnet\", \"parameters\": {\"depth\": 2,"
                        + " \"width\": 6}}}");
        look(4);

        // Then
        assertThat(problems).hasSize(2);
        assertThat(announced).hasSize(1);
    }

    @Test
    void theCardSaysWhatTheNameDoesNot() throws IOException {
        // Given: a card as those beside checkpoints that are trained here, with more fields
        Files.writeString(
                drop.resolve("best.json"),
                """
                {"v": 1, "dataset": "tiny", "step": 500, "epoch": 2.5, "imagesSeen": 9000,
                 "architecture": {"name": "convnet", "parameters": {"depth": "2", "width": "8",
                   "channels": "1", "imageHeight": "12", "imageWidth": "12", "classes": "4"}},
                 "preprocessing":
                   {"name": "normalize", "parameters": {"mean": "0.5", "std": "0.25"}},
                 "precision": "bf16", "codec": {"name": "topk-fp16", "parameters": {"k": 1}},
                 "seed": 3}""");
        Files.write(drop.resolve("best.safetensors"), weights(Architecture.convnet(2, 8), 1));

        // When
        look(2);

        // Then
        assertThat(problems).isEmpty();
        ExpertCheckpoint event = announced.get(0).event();
        assertThat(event.getCheckpointId()).isEqualTo("mine/step-00000500");
        assertThat(event.getEpoch()).isEqualTo(2.5);
        assertThat(event.getImagesSeen()).isEqualTo(9000);
        assertThat(event.getPrecision()).isEqualTo("bf16");
        assertThat(event.getCodec().getParameters()).containsEntry("k", "1");
        assertThat(event.getPreprocessing().getParameters()).containsEntry("mean", "0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"step\": \"x\"}; the field step is not a whole number",
                "{\"step\": 1, \"sha256\": \"" + "0123456789abcdef" + "\"}; sha256 must be",
                "{\"step\": 1; it is no JSON",
                "{\"step\": -1}; 0 or more",
                "{}; its name ends in no step"
            })
    void aCardThatCannotBeIsRefusedForWhatItSays(String card, String reason) throws IOException {
        // Given
        Files.writeString(drop.resolve("best.json"), card);
        Files.write(drop.resolve("best.safetensors"), weights(1));

        // When
        look(3);

        // Then
        assertThat(problems).singleElement().asString().contains(reason);
        assertThat(announced).isEmpty();
    }

    @Test
    void anotherFileThanTheCardNamesIsRefused() throws IOException {
        // Given: whole by its own account, and yet not what the job wrote
        Files.writeString(drop.resolve("step-10.json"), "{\"sha256\": \"" + "0".repeat(64) + "\"}");
        Files.write(drop.resolve("step-10.safetensors"), weights(1));

        // When
        look(3);

        // Then
        assertThat(problems).singleElement().asString().contains("SHA-256");
        assertThat(announced).isEmpty();
    }

    @Test
    void theStepIsTheLastNumberInTheName() throws IOException {
        // Given
        Files.write(drop.resolve("v2-epoch03-step0000500.safetensors"), weights(1));

        // When
        look(2);

        // Then
        assertThat(log.checkpoints).containsOnlyKeys("mine/step-00000500");
    }

    @Test
    void codeIsRunWhereSomebodySaidSoOnly() throws IOException {
        // Given
        Files.write(drop.resolve("step-10.pt"), resource("convnet.pt"));
        Files.write(drop.resolve("step-11.pt"), weights(1));
        look(3);
        assertThat(problems).singleElement().asString().contains("--format torchscript");
        assertThat(announced).hasSize(1);

        // When
        problems.clear();
        watch = watch(WeightsFormat.TORCHSCRIPT);
        look(3);

        // Then: it was run, and answers for five classes
        assertThat(problems).singleElement().asString().contains("it answers");
    }

    @Test
    void whileTheClusterIsAwayNothingIsForgotten() throws IOException {
        // Given
        log.away = true;
        Files.write(drop.resolve("step-10.safetensors"), weights(1));
        look(5);
        assertThat(problems).singleElement().asString().contains("does not answer");

        // When
        log.away = false;
        look(1);

        // Then
        assertThat(announced).hasSize(1);
    }

    @Test
    void aFileThatGoesAwayIsNoProblem() throws IOException {
        // Given
        Path file = Files.write(drop.resolve("step-10.safetensors"), weights(1));
        look(1);

        // When
        Files.delete(file);
        look(2);

        // Then
        assertThat(problems).isEmpty();
        try (Stream<Path> copies = Files.walk(folder)) {
            assertThat(copies.filter(path -> path.endsWith("checkpoints"))).isEmpty();
        }
    }

    private CheckpointWatch watch(WeightsFormat format) {
        CheckpointAnnouncer announcer =
                new CheckpointAnnouncer(
                        log,
                        new CheckpointRoot(
                                folder.resolve("checkpoints"), List.of(Path.of("torchscript"))),
                        name -> dataset,
                        Integer.MAX_VALUE,
                        ComputeDevice.CPU,
                        Clock.systemUTC());
        CheckpointRequest defaults =
                new CheckpointRequest(
                        "tiny",
                        "mine",
                        0,
                        0,
                        0,
                        format,
                        format == WeightsFormat.TORCHSCRIPT
                                ? Architecture.parse("torchscript")
                                : architecture,
                        Optional.empty(),
                        Precision.FP32,
                        Optional.empty(),
                        Optional.empty());
        return new CheckpointWatch(drop, defaults, announcer, log, announced::add, problems::add);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    private byte[] weights(long seed) {
        return weights(architecture, seed);
    }

    private byte[] weights(Architecture network, long seed) {
        return Safetensors.encode(
                Initialisation.weights(ConvNetShape.of(network.forDataset(dataset.info())), seed));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CheckpointWatchTest.class.getResourceAsStream("/pytorch/" + name)) {
            return in.readAllBytes();
        }
    }

    private static void writeSlowly(Path file, byte[] content) {
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int from = 0; from < content.length; from += 50) {
                out.write(content, from, Math.min(50, content.length - from));
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
