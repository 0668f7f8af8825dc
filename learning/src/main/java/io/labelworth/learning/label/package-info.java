/**
 * Soft labels: storing logits ({@link io.labelworth.learning.label.LabelCodec}), turning them into
 * the vectors a student trains on ({@link io.labelworth.learning.label.LabelTreatment}, {@link
 * io.labelworth.learning.label.TreatmentChain}), and identifying them.
 */
package io.labelworth.learning.label;
