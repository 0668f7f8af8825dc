/**
 * What {@code ./labelworth bench labeler} measures. The labeler is the real one, on a real broker
 * and registry, and its rate is what a read_committed reader of labeling-progress sees ({@code
 * CommitLog}).
 */
package io.labelworth.bench.labeler;
