/**
 * Image datasets: fetching and checking their files ({@link io.labelworth.learning.data.Datasets}),
 * splits and the ranking of candidate images ({@link io.labelworth.learning.data.Dataset}), and
 * reading single images by reference ({@link io.labelworth.learning.data.ImageStore}).
 */
package io.labelworth.learning.data;
