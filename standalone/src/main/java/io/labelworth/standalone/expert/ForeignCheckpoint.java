package io.labelworth.standalone.expert;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Somebody's own expert, a safetensors file with PyTorch state_dict names: tried on an image,
 * copied under the checkpoint root, and turned into an announcement.
 *
 * @param file the weights
 * @param dataset dataset it classifies
 * @param architecture network, without its input
 * @param run name of the run it comes from
 * @param step optimiser steps taken, 0 or more
 * @param imagesSeen training images seen
 * @param epoch passes over the training split
 * @param codec how its labels are to be stored
 */
public record ForeignCheckpoint(
        Path file,
        DatasetInfo dataset,
        Architecture architecture,
        String run,
        long step,
        long imagesSeen,
        double epoch,
        String codec) {

    /** Checks the name of the run. */
    public ForeignCheckpoint {
        CheckpointIds.requireRun(run);
    }

    /**
     * Tries the expert, copies it and says what to announce.
     *
     * @throws ConfigurationException when the file is missing, does not fit the architecture, or
     *     answers with a number that is not finite; nothing is copied then
     */
    public ExpertCheckpoint adopt(Path checkpointRoot, Instant now) {
        try {
            String sha256 = Sha256.of(file);
            tryOut(sha256);
            String name = String.format("step-%08d-%s.safetensors", step, sha256);
            Path target = checkpointRoot.resolve(dataset.name()).resolve(run).resolve(name);
            copy(target);
            return Announcements.weights(sha256, dataset, architecture.forDataset(dataset), codec)
                    .setCheckpointId(CheckpointIds.of(run, step))
                    .setRun(run)
                    .setStep(step)
                    .setImagesSeen(imagesSeen)
                    .setEpoch(epoch)
                    .setSchedule(new Choice("unknown", Map.of()))
                    .setUri(Announcements.uri(checkpointRoot, target))
                    .setValidationAccuracy(null)
                    .setTestAccuracy(null)
                    .setLabelEntropy(null)
                    .setCreatedAt(now.truncatedTo(ChronoUnit.MILLIS))
                    .build();
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("there is no file " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "cannot copy " + file + " under " + checkpointRoot + ": " + e.getMessage(), e);
        }
    }

    private void tryOut(String sha256) {
        Architecture complete = architecture.forDataset(dataset);
        try (ExpertModel model =
                ExpertModel.load(file, sha256, complete, Preprocessing.of(dataset))) {
            for (float logit : model.logits(List.of(new byte[dataset.imageBytes()]))[0]) {
                if (!Float.isFinite(logit)) {
                    throw new ConfigurationException(
                            file
                                    + " answers a blank image with "
                                    + logit
                                    + "; it is no usable expert");
                }
            }
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
