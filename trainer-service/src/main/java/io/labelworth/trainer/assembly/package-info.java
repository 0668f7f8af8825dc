/**
 * Assembly of a distilled set: {@link io.labelworth.trainer.assembly.SetAssembler} turns a run's
 * spec and a snapshot of the label view into pixels, targets and a manifest.
 */
package io.labelworth.trainer.assembly;
