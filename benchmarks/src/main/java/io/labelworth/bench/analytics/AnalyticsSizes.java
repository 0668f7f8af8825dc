package io.labelworth.bench.analytics;

/**
 * How much is measured.
 *
 * @param repetitions of the rate; growth is measured once
 * @param warmUp results of another dataset that go before, and are not measured
 * @param events results of a repetition of the rate
 * @param growth results of the stream whose growing cost is measured
 * @param window results at its start and at its end that are compared
 * @param steadySeconds for how long results come at a steady rate, where that is measured
 */
public record AnalyticsSizes(
        int repetitions, int warmUp, int events, int growth, int window, int steadySeconds) {

    /** Enough to judge by. */
    public static final AnalyticsSizes FULL =
            new AnalyticsSizes(3, 40_000, 100_000, 1_000_000, 40_000, 30);

    /** Enough to see that everything runs. */
    public static final AnalyticsSizes QUICK = new AnalyticsSizes(1, 1000, 5000, 10_000, 2000, 4);
}
