package io.labelworth.standalone.cli;

import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.expert.ForeignCheckpoint;
import io.labelworth.standalone.terminal.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code labelworth publish-checkpoint}: measures somebody's own expert and announces it to the
 * labelers.
 */
@Command(
        name = "publish-checkpoint",
        mixinStandardHelpOptions = true,
        description = "Measure your own expert (safetensors, PyTorch names) and announce it.")
final class PublishCheckpointCommand extends ClusterCommand {

    private static final String CLIENT = "labelworth-publish";

    @Parameters(paramLabel = "FILE", description = "weights, a safetensors file")
    private Path file;

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

    @Mixin private ExpertOptions expert;

    @Override
    void run(KafkaConnection connection) {
        Progress progress = Progress.onStandardError();
        Dataset dataset =
                new Datasets().fetch(name, paths().images(), Optional.empty(), progress::line);
        DatasetInfo info = dataset.info();
        ForeignCheckpoint foreign =
                new ForeignCheckpoint(
                        file,
                        expert.architecture(),
                        new Preprocessing(
                                Objects.requireNonNullElse(mean, info.mean()),
                                Objects.requireNonNullElse(std, info.std())),
                        run,
                        step,
                        epoch,
                        expert.codec(info));
        ExpertCheckpoint checkpoint =
                foreign.adopt(
                        info,
                        dataset.validation(),
                        dataset.train().size(),
                        paths().checkpoints(),
                        Instant.now());
        announce(connection, checkpoint);
        System.out.printf(
                "%s: validation accuracy %.1f%%, label entropy %.2f nats%n",
                checkpoint.getCheckpointId(),
                100 * checkpoint.getValidationAccuracy(),
                checkpoint.getLabelEntropy());
    }

    private static void announce(KafkaConnection connection, ExpertCheckpoint checkpoint) {
        String id = checkpoint.getCheckpointId();
        ExpertCheckpoint there =
                TopicReader.latest(connection.consumers(), Topics.EXPERT_CHECKPOINTS, CLIENT)
                        .get(id);
        if (there != null && !there.getLabellingId().equals(checkpoint.getLabellingId())) {
            throw new UserException(
                    "there is another checkpoint " + id + "; choose another --run or --step");
        }
        try (EventProducer producer =
                EventProducer.idempotent(connection.settings(), connection.registry(), CLIENT)) {
            producer.sendAndWait(Topics.EXPERT_CHECKPOINTS, id, checkpoint);
        }
    }
}
