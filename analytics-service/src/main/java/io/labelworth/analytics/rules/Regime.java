package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Regimes, which are never compared with each other: what labels a student had, and what was done
 * to them. A regime is open text in the events; one that nobody here knows gets summaries and a
 * frontier of its own like any other. So does every chain of treatments, an ensemble's mean among
 * them, so that frontiers and label worth of a plain regime are of labels as their expert gave
 * them.
 */
public final class Regime {

    /** Class labels only. */
    public static final String HARD = "hard";

    /** Labels of an expert, computed once per image. */
    public static final String FIXED_SOFT = "fixed-soft";

    private Regime() {}

    /**
     * The regime of a configuration, each treatment after it with a +, in order: {@code fixed-soft}
     * or {@code fixed-soft+swap-one[rank=1]+temperature[value=2]}.
     */
    public static String of(AccuracySummary summary) {
        return Stream.concat(
                        Stream.of(summary.getRegime()),
                        summary.getTreatments().stream().map(Choices::text))
                .collect(Collectors.joining("+"));
    }
}
