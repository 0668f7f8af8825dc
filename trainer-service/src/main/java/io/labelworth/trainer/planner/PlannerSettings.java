package io.labelworth.trainer.planner;

import java.time.Duration;

/**
 * How the planner paces runs.
 *
 * @param workers students that this process trains side by side; more are counted as they show
 * @param ahead runs published and not settled, per worker: enough to keep workers busy, few enough
 *     for priorities and cancelling to mean something
 * @param queuePatience how long published runs may wait without a sign of life of any run
 */
public record PlannerSettings(int workers, int ahead, Duration queuePatience) {

    /** Two runs per worker ahead, a minute of patience. */
    public static PlannerSettings forWorkers(int workers) {
        return new PlannerSettings(workers, 2, Duration.ofSeconds(60));
    }

    /** Refuses numbers that would publish nothing. */
    public PlannerSettings {
        if (workers < 1 || ahead < 1) {
            throw new IllegalArgumentException("workers and ahead must be at least 1");
        }
    }
}
