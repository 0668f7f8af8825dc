package io.labelworth.analytics.view;

/**
 * All that is kept for the pages.
 *
 * @param results what the topology has published
 * @param runs all runs
 * @param activity what labelers and trainers are at
 * @param experiments what was asked for
 */
public record Views(Results results, Runs runs, Activity activity, Experiments experiments) {

    /** Views in which nothing is yet. */
    public static Views empty() {
        Runs runs = new Runs();
        return new Views(new Results(), runs, new Activity(runs), new Experiments(runs));
    }
}
