package io.labelworth.standalone.expert;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Somebody's own expert, a safetensors file with PyTorch state_dict names: measured on the
 * validation split, copied under the checkpoint root, and turned into an announcement.
 *
 * @param file the weights
 * @param architecture network, without its input
 * @param preprocessing what it was trained to see
 * @param run name of the run it comes from
 * @param step optimiser steps taken, 0 or more
 * @param epoch passes over the training split, 0 or more; 0 when unknown
 * @param codec how its labels are to be stored
 */
public record ForeignCheckpoint(
        Path file,
        Architecture architecture,
        Preprocessing preprocessing,
        String run,
        long step,
        double epoch,
        LabelCodec codec) {

    /** Checks the name of the run, the step and the epoch. */
    public ForeignCheckpoint {
        CheckpointIds.requireRun(run);
        if (step < 0 || !(epoch >= 0)) {
            throw new ConfigurationException(
                    "--step and --epoch must be 0 or more, not " + step + " and " + epoch);
        }
    }

    /**
     * Measures the expert, copies it and says what to announce.
     *
     * @param validation held-out images to measure it on
     * @param trainImages images of the training split
     * @throws ConfigurationException when the file is missing, does not fit the architecture, or
     *     answers with a number that is not finite; nothing is copied then
     */
    public ExpertCheckpoint adopt(
            DatasetInfo dataset,
            Split validation,
            int trainImages,
            Path checkpointRoot,
            Instant now) {
        try {
            String sha256 = Sha256.of(file);
            Architecture complete = architecture.forDataset(dataset);
            ExpertMeasurement measured = measure(sha256, complete, dataset, validation);
            String name = String.format("step-%08d-%s.safetensors", step, sha256);
            Path target = checkpointRoot.resolve(dataset.name()).resolve(run).resolve(name);
            copy(target);
            return Announcements.weights(sha256, dataset, complete, preprocessing, codec)
                    .setCheckpointId(CheckpointIds.of(run, step))
                    .setRun(run)
                    .setStep(step)
                    .setImagesSeen(Math.round(epoch * trainImages))
                    .setEpoch(epoch)
                    .setSchedule(new Choice("unknown", Map.of()))
                    .setUri(Announcements.uri(checkpointRoot, target))
                    .setValidationAccuracy(measured.accuracy())
                    .setTestAccuracy(null)
                    .setLabelEntropy(measured.entropy())
                    .setCreatedAt(now.truncatedTo(ChronoUnit.MILLIS))
                    .build();
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("there is no file " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "cannot copy " + file + " under " + checkpointRoot + ": " + e.getMessage(), e);
        }
    }

    private ExpertMeasurement measure(
            String sha256, Architecture complete, DatasetInfo dataset, Split validation) {
        ExpertModel.Description description =
                new ExpertModel.Description(
                        WeightsFormat.SAFETENSORS, complete, preprocessing, Precision.FP32);
        try (ExpertModel model = ExpertModel.load(file, sha256, description, ComputeDevice.CPU)) {
            return ExpertMeasurement.of(model, dataset, validation);
        } catch (ModelException e) {
            throw new ConfigurationException(
                    file + " is no " + complete + ": " + e.getMessage(), e);
        }
    }

    private void copy(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path partial = Files.createTempFile(target.getParent(), ".incoming", "");
        try {
            Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
