package io.labelworth.learning.label;

/**
 * What a treatment may know of the image behind a label, and nothing of the set it is in.
 *
 * @param imageId its id; with the run's subset seed it decides what chance does to the label
 * @param imageClass its class in the dataset, from 0
 */
public record LabelledImage(String imageId, int imageClass) {}
