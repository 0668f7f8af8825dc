package io.labelworth.analytics.labels;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.SoftLabels;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.SoftLabel;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one checkpoint says of an image.
 *
 * @param checkpointId checkpoint
 * @param run training run of the expert
 * @param step optimiser steps taken
 * @param epoch passes over the training images
 * @param validationAccuracy of the expert, 0 to 1; null when unknown
 * @param retired whether the checkpoint labels no more
 * @param entropy of softmax(logits) in nats
 * @param codec how the logits are stored, as text
 * @param wholeVector whether every logit is stored; else entries that are not are equal shares of
 *     what they sum to
 * @param top the largest entries, largest first
 */
public record ImageLabel(
        String checkpointId,
        String run,
        long step,
        double epoch,
        Double validationAccuracy,
        boolean retired,
        double entropy,
        String codec,
        boolean wholeVector,
        List<Entry> top) {

    private static final int SHOWN = 10;

    /**
     * One entry.
     *
     * @param imageClass class, from 0
     * @param name what the class is called
     * @param probability 0 to 1, at temperature 1
     */
    public record Entry(@JsonProperty("class") int imageClass, String name, double probability) {}

    /**
     * Decodes a label.
     *
     * @throws io.labelworth.learning.label.LabelException when it is not one of the dataset's
     *     classes
     */
    static ImageLabel of(ExpertCheckpoint checkpoint, SoftLabel label, DatasetInfo dataset) {
        LabelCodec codec =
                LabelCodecs.of(label.getCodec().getName(), label.getCodec().getParameters());
        byte[] payload = new byte[label.getLogits().remaining()];
        label.getLogits().duplicate().get(payload);
        float[] probabilities = SoftLabels.softmax(codec.decode(payload, dataset.classes()), 1);
        List<Entry> top =
                IntStream.range(0, probabilities.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
                        .limit(SHOWN)
                        .map(c -> new Entry(c, dataset.className(c), probabilities[c]))
                        .toList();
        return new ImageLabel(
                checkpoint.getCheckpointId(),
                checkpoint.getRun(),
                checkpoint.getStep(),
                checkpoint.getEpoch(),
                checkpoint.getValidationAccuracy(),
                checkpoint.getRetired(),
                label.getEntropy(),
                codec.text(),
                codec.wholeVector(),
                top);
    }
}
