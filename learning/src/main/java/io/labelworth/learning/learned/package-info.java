/**
 * Labels that are learned instead of asked of an expert: {@link
 * io.labelworth.learning.learned.LabelLearning} changes the labels of a set, its images fixed, so
 * that a student trained on it does better on real training images.
 */
package io.labelworth.learning.learned;
