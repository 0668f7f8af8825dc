package io.labelworth.analytics.labels;

import java.util.List;

/**
 * An image with its labels of every checkpoint.
 *
 * @param dataset dataset
 * @param source where the image comes from: real, or the method that made it
 * @param image its id
 * @param imageClass class, from 0
 * @param className what the class is called
 * @param rank place in its class, from 0
 * @param labels by run and step
 * @param without checkpoints of the dataset that have no label of the image itself
 */
public record LabelledImage(
        String dataset,
        String source,
        String image,
        int imageClass,
        String className,
        int rank,
        List<ImageLabel> labels,
        List<Without> without) {

    /**
     * A checkpoint without a label of the image.
     *
     * @param checkpointId checkpoint
     * @param reason why, in words
     */
    public record Without(String checkpointId, String reason) {}
}
