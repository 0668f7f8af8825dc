package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.labeler.LabelerSettings;
import io.labelworth.labeler.announce.CheckpointAnnouncer;
import io.labelworth.labeler.announce.CheckpointLog;
import io.labelworth.labeler.announce.CheckpointRequest;
import io.labelworth.labeler.announce.CheckpointRoot;
import io.labelworth.labeler.announce.KafkaCheckpointLog;
import io.labelworth.labeler.announce.RefusedException;
import io.labelworth.labeler.announce.WeightsContent;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.standalone.expert.AnnouncedText;
import io.labelworth.standalone.expert.CheckpointWatch;
import io.labelworth.standalone.stack.LocalPaths;
import io.labelworth.standalone.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code labelworth publish-checkpoint}: measures somebody's own expert and announces it to the
 * labelers, or does so with each checkpoint that a training job drops into a directory.
 */
@Command(
        name = "publish-checkpoint",
        mixinStandardHelpOptions = true,
        description =
                "Measure your own expert (safetensors with PyTorch names, or TorchScript) and"
                        + " announce it.")
final class PublishCheckpointCommand extends ClusterCommand {

    private static final String CLIENT = "labelworth-publish";
    private static final long LOOK_MILLIS = 2_000;

    /** One file, or what appears in a directory. */
    private static final class Source {

        @ArgGroup(exclusive = false, multiplicity = "1")
        private OneFile one;

        @Option(
                names = "--watch",
                paramLabel = "DIR",
                required = true,
                description =
                        "announce each checkpoint that is dropped here, until stopped; the step is"
                                + " the last number in its name, or in a card NAME.json beside it")
        private Path directory;
    }

    /** A file, and what only its author knows of it. */
    private static final class OneFile {

        @Parameters(paramLabel = "FILE", description = "weights; TorchScript runs its code here")
        private Path file;

        @Option(
                names = "--step",
                required = true,
                paramLabel = "N",
                description = "optimiser steps taken at this checkpoint")
        private long step;

        @Option(
                names = "--epoch",
                paramLabel = "X",
                defaultValue = "0",
                description = "passes over the training split, for example 0.5 (default: unknown)")
        private double epoch;

        @Option(
                names = "--sha256",
                paramLabel = "HEX",
                description = "refuse the file when its SHA-256 is another")
        private String sha256;
    }

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "dataset it classifies")
    private String name;

    @Option(
            names = "--run",
            required = true,
            paramLabel = "NAME",
            description = "name of the training run it comes from")
    private String run;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "safetensors, torchscript or label-table (default: what FILE is; safetensors with"
                            + " --watch, since TorchScript runs code)")
    private String format;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            description = "arithmetic of the labelers: fp32 or bf16 (default: ${DEFAULT-VALUE})")
    private String precision;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "M",
            description = "mean per channel it was trained with (default: the dataset's)")
    private List<Float> mean;

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "S",
            description = "standard deviation per channel (default: the dataset's)")
    private List<Float> std;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "auto",
            description = "where it is measured: auto, cpu or gpu:N (default: ${DEFAULT-VALUE})")
    private String device;

    @Mixin private ExpertOptions expert;

    @Override
    void run(KafkaConnection connection) throws IOException, InterruptedException {
        Progress progress = Progress.onStandardError();
        Dataset dataset =
                new Datasets().fetch(name, paths().images(), Optional.empty(), progress::line);
        CheckpointLog log = new KafkaCheckpointLog(connection, CLIENT);
        CheckpointAnnouncer announcer =
                new CheckpointAnnouncer(
                        log,
                        new CheckpointRoot(paths().checkpoints(), torchScriptDirs()),
                        ignored -> dataset,
                        Integer.MAX_VALUE,
                        ComputeDevice.available(device).get(0),
                        Clock.systemUTC());
        if (source.one != null) {
            publish(announcer, dataset.info());
        } else {
            watch(announcer, log, dataset.info(), progress);
        }
    }

    private void publish(CheckpointAnnouncer announcer, DatasetInfo dataset) throws IOException {
        OneFile one = source.one;
        try {
            System.out.println(
                    AnnouncedText.of(
                            announcer.adopt(
                                    one.file,
                                    request(
                                            one.step,
                                            one.epoch,
                                            formatOf(one.file),
                                            dataset,
                                            Optional.ofNullable(one.sha256)))));
        } catch (RefusedException e) {
            throw new UserException(e.getMessage());
        }
    }

    private void watch(
            CheckpointAnnouncer announcer,
            CheckpointLog log,
            DatasetInfo dataset,
            Progress progress)
            throws InterruptedException {
        if (!Files.isDirectory(source.directory)) {
            throw new UserException(source.directory + " is not a directory; create it first");
        }
        WeightsFormat only = format == null ? WeightsFormat.SAFETENSORS : WeightsFormat.of(format);
        CheckpointWatch watch =
                new CheckpointWatch(
                        source.directory,
                        request(0, 0, only, dataset, Optional.empty()),
                        announcer,
                        log,
                        announced -> System.out.println(AnnouncedText.of(announced)),
                        progress::line);
        progress.line("watching " + source.directory + " for run " + run + "; Ctrl-C stops");
        while (!Thread.currentThread().isInterrupted()) {
            watch.look();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private CheckpointRequest request(
            long step,
            double epoch,
            WeightsFormat weights,
            DatasetInfo dataset,
            Optional<String> sha256) {
        return new CheckpointRequest(
                name,
                run,
                step,
                epoch,
                0,
                weights,
                expert.architecture(weights),
                Optional.of(
                        new Preprocessing(
                                Objects.requireNonNullElse(mean, dataset.mean()),
                                Objects.requireNonNullElse(std, dataset.std()))),
                Precision.of(precision),
                Optional.of(expert.codec(dataset)),
                sha256);
    }

    /** The format named, else what the file holds, else what the checks will say it is not. */
    private WeightsFormat formatOf(Path file) throws IOException {
        if (format != null) {
            return WeightsFormat.of(format);
        }
        try {
            return WeightsContent.of(file).format().orElse(WeightsFormat.SAFETENSORS);
        } catch (NoSuchFileException e) {
            throw new UserException("there is no file " + file);
        }
    }

    private static List<Path> torchScriptDirs() {
        String configured = System.getenv(LabelerSettings.TORCHSCRIPT_DIRS);
        return LabelerSettings.directories(
                Objects.requireNonNullElse(configured, LocalPaths.TORCHSCRIPT));
    }
}
