/** Augmentation of training batches, in plain Java on float arrays. */
package io.labelworth.learning.augment;
