/**
 * What planner and worker both know of a run: the states it goes through, why it can fail for good,
 * and the datasets it is about.
 */
package io.labelworth.trainer.run;
