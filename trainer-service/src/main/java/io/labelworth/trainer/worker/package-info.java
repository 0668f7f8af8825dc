/**
 * The workers: each trains one student at a time.
 *
 * <p>{@link io.labelworth.trainer.worker.RunSlot} is a worker's loop: it takes a run from a {@link
 * io.labelworth.trainer.worker.RunSource}. {@link io.labelworth.trainer.worker.RunInHand} has it
 * executed on a thread of its own, keeps the run and its heartbeat alive meanwhile, and settles it
 * through a {@link io.labelworth.trainer.worker.RunReporter}. {@link
 * io.labelworth.trainer.worker.RunStates} tells it which runs need no work any more.
 */
package io.labelworth.trainer.worker;
