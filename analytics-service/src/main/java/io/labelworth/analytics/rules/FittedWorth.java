package io.labelworth.analytics.rules;

import io.labelworth.analytics.law.FittedLaw;
import io.labelworth.analytics.law.Law;
import io.labelworth.analytics.law.Range;
import java.util.Locale;

/**
 * What a label is worth along the fitted laws of hard and soft labels: the budget at which the hard
 * law reaches the soft law's error, divided by the soft budget. Only where both were measured: a
 * law says nothing of budgets beyond its points that anybody should buy images by.
 *
 * @param worth null where there is none
 * @param low lower end of its 95% interval; null outside of what hard labels were measured at
 * @param high upper end of it; null outside of that, too
 * @param message why there is no worth; null where there is one
 */
record FittedWorth(Double worth, Double low, Double high, String message) {

    /**
     * The worth at a budget.
     *
     * @param hard best configurations with hard labels
     * @param soft best configurations with soft labels, of the same family
     */
    static FittedWorth of(FittedCurve hard, FittedCurve soft, int budget) {
        if (hard.law().isEmpty() || soft.law().isEmpty()) {
            FittedCurve without = hard.law().isEmpty() ? hard : soft;
            return none(
                    (without == hard ? "hard" : "soft")
                            + " labels: "
                            + without.event().getMessage());
        }
        if (budget < soft.smallestBudget() || budget > soft.largestBudget()) {
            return none(
                    String.format(
                            Locale.ROOT,
                            "the law of soft labels is of %.0f to %.0f images per class",
                            soft.smallestBudget(),
                            soft.largestBudget()));
        }
        FittedLaw hardLaw = hard.law().get();
        FittedLaw softLaw = soft.law().get();
        double reached = reached(hardLaw.law(), softLaw.law(), budget);
        if (!covers(hard, reached)) {
            return none(
                    String.format(
                            Locale.ROOT,
                            "hard labels reach %.1f%% outside of %.0f to %.0f images per class, where they were measured",
                            100 * (1 - softLaw.law().errorAt(budget)),
                            hard.smallestBudget(),
                            hard.largestBudget()));
        }
        Range range = hardLaw.interval(softLaw, (h, s) -> reached(h, s, budget));
        return new FittedWorth(
                reached / budget,
                covers(hard, range.low()) ? range.low() / budget : null,
                covers(hard, range.high()) ? range.high() / budget : null,
                null);
    }

    private static double reached(Law hard, Law soft, int budget) {
        return hard.imagesPerClassAt(soft.errorAt(budget));
    }

    private static boolean covers(FittedCurve hard, double imagesPerClass) {
        return imagesPerClass >= hard.smallestBudget() && imagesPerClass <= hard.largestBudget();
    }

    private static FittedWorth none(String message) {
        return new FittedWorth(null, null, null, message);
    }
}
