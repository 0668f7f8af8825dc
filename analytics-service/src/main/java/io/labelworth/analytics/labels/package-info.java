/**
 * Images, and what each labelling says of them, for the label viewer. {@link
 * io.labelworth.analytics.labels.LabelFeed} keeps where images and labels are, never pixels or
 * logits; those are read when somebody looks at an image.
 */
package io.labelworth.analytics.labels;
