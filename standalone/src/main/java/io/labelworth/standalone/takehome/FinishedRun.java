package io.labelworth.standalone.takehome;

import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.TrainingRun;

/**
 * A run that has its result.
 *
 * @param run the attempt that gave it, with its pins
 * @param spec the run's spec
 * @param result the final result
 * @param summary what all runs of its configuration reached
 */
record FinishedRun(TrainingRun run, RunSpec spec, Accuracy result, AccuracySummary summary) {}
