/**
 * The label view: image references and soft labels on local disk, ordered so that a budget is a
 * range.
 *
 * <p>{@link io.labelworth.trainer.view.LabelView} is the RocksDB behind it: data and the next
 * offset are one write batch, so that whatever stops the process, the view says exactly what it
 * holds. {@link io.labelworth.trainer.view.ImageRefFollower} keeps the references current, {@link
 * io.labelworth.trainer.view.LabelLoader} brings in a labelling's labels by the offset ranges that
 * a run's pins name, and {@link io.labelworth.trainer.view.PinnedView} waits for both and gives a
 * snapshot. A GlobalKTable is no alternative: it shows aborted records and has no position to wait
 * for.
 */
package io.labelworth.trainer.view;
