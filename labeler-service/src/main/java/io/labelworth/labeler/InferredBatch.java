package io.labelworth.labeler;

import java.util.List;
import java.util.Map;

/**
 * A batch with what the network says.
 *
 * @param images what was inferred
 * @param logits a row for each view of each image, in order
 * @param failures what cannot be labelled
 * @param next positions after the batch
 */
record InferredBatch(
        List<Image> images, float[][] logits, List<Failure> failures, Map<Claim, Reached> next) {}
