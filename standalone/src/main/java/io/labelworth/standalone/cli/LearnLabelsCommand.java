package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.labeler.announce.KafkaCheckpointLog;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.learned.LabelRecipe;
import io.labelworth.standalone.learned.LearnedLabels;
import io.labelworth.standalone.learned.LearnedSet;
import io.labelworth.standalone.terminal.Progress;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code labelworth learn-labels}: learns the labels of a set without an expert, and announces them
 * to the labelers as a checkpoint.
 */
@Command(
        name = "learn-labels",
        mixinStandardHelpOptions = true,
        description =
                "Learn the labels of a set, its images fixed, through students' training, and"
                        + " announce them as a checkpoint.")
final class LearnLabelsCommand extends ClusterCommand {

    private static final String CLIENT = "labelworth-learn";
    private static final int SHOWN = 10;

    @Parameters(paramLabel = "DATASET", description = "dataset name, for example fashion-mnist")
    private String name;

    @Option(
            names = "--ipc",
            required = true,
            paramLabel = "N",
            description = "images per class of the set")
    private int imagesPerClass;

    @Option(
            names = "--pool",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "candidate images per class that the runs draw from (default:"
                            + " ${DEFAULT-VALUE})")
    private int pool;

    @Option(
            names = "--subset-seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "subset seed of the runs that use them (default: ${DEFAULT-VALUE})")
    private long subsetSeed;

    @Option(
            names = "--steps",
            paramLabel = "T",
            defaultValue = "100",
            description = "changes of the labels (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(
            names = "--unroll",
            paramLabel = "K",
            defaultValue = "100",
            description = "most steps of a student (default: ${DEFAULT-VALUE})")
    private int unroll;

    @Option(
            names = "--window",
            paramLabel = "M",
            defaultValue = "20",
            description = "last steps that are differentiated (default: ${DEFAULT-VALUE})")
    private int window;

    @Option(
            names = "--label-lr",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "Adam's learning rate of the labels' logits (default: ${DEFAULT-VALUE})")
    private double learningRate;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "256",
            description =
                    "real training images that each student is judged on (default:"
                            + " ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "name of the labels (default: DATASET-learned-ipcN-subS-tT-sSEED)")
    private String run;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "seed of everything random in it (default: ${DEFAULT-VALUE})")
    private long seed;

    @Mixin private ExpertOptions student;

    @Override
    void run(KafkaConnection connection) throws ImageException {
        Progress progress = Progress.onStandardError();
        Dataset dataset =
                new Datasets().fetch(name, paths().images(), Optional.empty(), progress::line);
        LearnedLabels.Request request = request(dataset);
        LearnedLabels learning =
                new LearnedLabels(
                        new KafkaCheckpointLog(connection, CLIENT),
                        paths().images(),
                        paths().checkpoints(),
                        Clock.systemUTC());
        try (Progress.Stage stage = progress.stage("labels", steps)) {
            System.out.println(
                    learning.learn(
                                    dataset,
                                    request,
                                    Math.max(1, steps / SHOWN),
                                    (step, loss, accuracy) ->
                                            show(progress, stage, step, loss, accuracy))
                            .getCheckpointId());
        }
    }

    private LearnedLabels.Request request(Dataset dataset) {
        try {
            return new LearnedLabels.Request(
                    Objects.requireNonNullElseGet(run, this::defaultRun),
                    new LearnedSet(imagesPerClass, pool, subsetSeed),
                    student.architecture(),
                    new LabelRecipe(steps, unroll, window, learningRate, batch),
                    seed,
                    student.codec(dataset.info()));
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }

    private String defaultRun() {
        return String.format(
                "%s-learned-ipc%d-sub%d-t%d-s%d", name, imagesPerClass, subsetSeed, steps, seed);
    }

    private static void show(
            Progress progress,
            Progress.Stage stage,
            int step,
            double loss,
            OptionalDouble validationAccuracy) {
        stage.at(step, String.format(Locale.ROOT, "loss %.3f", loss));
        validationAccuracy.ifPresent(
                accuracy ->
                        progress.line(
                                String.format(
                                        Locale.ROOT,
                                        "labels after %d steps: a fresh student has %.1f%% on"
                                                + " validation images",
                                        step,
                                        100 * accuracy)));
    }
}
