/**
 * The trainer on a real broker: planner, share group, label view and training, on a data set of 8 x
 * 8 images that takes a fraction of a second to train on.
 */
package io.labelworth.it.trainer;
