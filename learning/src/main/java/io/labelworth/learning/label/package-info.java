/**
 * Soft labels: storing logits ({@link io.labelworth.learning.label.LabelCodec}), turning them into
 * the probabilities a student trains on ({@link io.labelworth.learning.label.SoftLabels}, {@link
 * io.labelworth.learning.label.LabelTreatment}), and identifying them.
 */
package io.labelworth.learning.label;
