package io.labelworth.analytics.labels;

/**
 * An image of a candidate pool, and where its reference is on image-refs.
 *
 * @param imageId position in its dataset, for example train-00042
 * @param imageClass class, from 0
 * @param rank place in its class, from 0
 * @param partition partition of image-refs, and of soft-labels for its labels
 * @param offset offset of its latest reference
 */
record PlacedImage(String imageId, int imageClass, int rank, int partition, long offset) {}
