/**
 * The planner: turns experiments into runs and sees to it that every run ends.
 *
 * <p>{@link io.labelworth.trainer.planner.Planner} is the member of the group {@code planner};
 * while it owns the topic experiments it holds a {@link
 * io.labelworth.trainer.planner.PlannerSession}, which reads every topic that bears on runs and
 * publishes what {@link io.labelworth.trainer.planner.PlannerState} decides. Everything below the
 * session is pure: events in, decisions out, time as an argument.
 */
package io.labelworth.trainer.planner;
