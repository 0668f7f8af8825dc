/**
 * What {@code ./labelworth bench labeler} measures. A {@code Side} is one thing that is compared,
 * in processes of its own for each repetition; {@code Interleaving} measures sides in turn. The
 * labeler is the real one, on a real broker and registry, and its rate is what a read_committed
 * reader of labeling-progress sees ({@code CommitLog}).
 */
package io.labelworth.bench.labeler;
