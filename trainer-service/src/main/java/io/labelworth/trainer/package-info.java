/**
 * Plans runs, assembles distilled sets, trains students and publishes accuracy. {@link
 * io.labelworth.trainer.TrainerMain} is the way in from a process, {@link
 * io.labelworth.trainer.TrainerService} the service itself: one planner candidate, one label view,
 * and as many workers as {@link io.labelworth.trainer.TrainerSettings} says.
 */
package io.labelworth.trainer;
