package io.labelworth.standalone.cli;

import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.expert.ForeignCheckpoint;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code labelworth publish-checkpoint}: tries somebody's own expert and announces it to the
 * labelers.
 */
@Command(
        name = "publish-checkpoint",
        mixinStandardHelpOptions = true,
        description =
                "Try your own expert (safetensors, PyTorch state_dict names) and announce it.")
final class PublishCheckpointCommand extends ClusterCommand {

    @Parameters(paramLabel = "FILE", description = "weights, a safetensors file")
    private Path file;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "dataset it classifies")
    private String dataset;

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
            names = "--images-seen",
            paramLabel = "N",
            defaultValue = "0",
            description = "training images seen, repetitions counted")
    private long imagesSeen;

    @Option(
            names = "--epoch",
            paramLabel = "X",
            defaultValue = "0",
            description = "passes over the training split, for example 0.5")
    private double epoch;

    @Mixin private ExpertOptions expert;

    @Override
    void run(KafkaConnection connection) {
        ExpertCheckpoint checkpoint =
                new ForeignCheckpoint(
                                file,
                                new Datasets().info(dataset),
                                expert.architecture(),
                                run,
                                step,
                                imagesSeen,
                                epoch,
                                expert.codec())
                        .adopt(paths().checkpoints(), Instant.now());
        try (EventProducer producer =
                EventProducer.idempotent(
                        connection.settings(), connection.registry(), "labelworth-publish")) {
            producer.sendAndWait(
                    Topics.EXPERT_CHECKPOINTS, checkpoint.getCheckpointId(), checkpoint);
        }
        System.out.println(checkpoint.getCheckpointId());
    }
}
