package io.labelworth.analytics.rules;

/**
 * Names of the regimes that rules speak of. A regime is open text in the events; one that nobody
 * here knows gets summaries and a frontier of its own like any other.
 */
public final class Regime {

    /** Class labels only. */
    public static final String HARD = "hard";

    /** Labels of an expert, computed once per image. */
    public static final String FIXED_SOFT = "fixed-soft";

    private Regime() {}
}
