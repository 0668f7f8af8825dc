/**
 * Turns every expert checkpoint that lands into soft labels, each image once.
 *
 * <p>{@link io.labelworth.labeler.LabelerService} is the way in. Three loops keep what the labeler
 * knows of the cluster: the checkpoints announced ({@code CheckpointBoard}), how far each labelling
 * is ({@code ProgressView}) and where image-refs ends ({@code ImageRefsEnds}); {@code Backlog} puts
 * the last two together. Each worker slot ({@code LabelWorker}) takes the newest checkpoint that
 * lags, opens a {@code LabelingSession} (model and group member), and steps it until it has caught
 * up: poll, {@code BatchLabeler}, {@code BatchCommit}. What must hold across crashes is in {@code
 * BatchCommit} (one transaction for labels, progress and offsets) and {@code Assignment} (where a
 * partition is taken up).
 */
package io.labelworth.labeler;
