package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.LabelWorth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * Label worth (Qin, Deng, Alvarez-Melis 2024): images per class that hard labels need for an
 * accuracy, divided by what soft labels need for it. At each budget the best soft configuration is
 * chosen on validation accuracy and looked up by test accuracy on the curve of hard labels; outside
 * of what that curve covers there is no number. Beside it stands the worth along the two fitted
 * laws ({@link FittedWorth}).
 */
public final class LabelWorthRule {

    private LabelWorthRule() {}

    /**
     * The worth at every budget with fixed soft labels, untreated, by increasing budget.
     *
     * @param hard the best configurations with hard labels of a family, fitted
     * @param soft those with fixed soft labels
     */
    public static List<LabelWorth> of(FittedCurve hard, FittedCurve soft) {
        SortedMap<Integer, AccuracySummary> hardByBudget =
                BestFirst.byBudget(hard.curve().configurations());
        Optional<HardCurve> curve = HardCurve.through(hardByBudget);
        return soft.curve().configurations().stream()
                .map(
                        best ->
                                worth(
                                        best,
                                        hardByBudget.get(best.getImagesPerClass()),
                                        curve,
                                        FittedWorth.of(hard, soft, best.getImagesPerClass())))
                .toList();
    }

    private static LabelWorth worth(
            AccuracySummary soft,
            AccuracySummary hardAtBudget,
            Optional<HardCurve> curve,
            FittedWorth fitted) {
        OptionalDouble reached =
                curve.map(c -> c.reach(soft.getTest())).orElse(OptionalDouble.empty());
        OptionalDouble fewest =
                curve.map(c -> c.fewest(soft.getTest())).orElse(OptionalDouble.empty());
        OptionalDouble most = curve.map(c -> c.most(soft.getTest())).orElse(OptionalDouble.empty());
        int budget = soft.getImagesPerClass();
        return LabelWorth.newBuilder()
                .setDataset(soft.getDataset())
                .setDatasetVersion(soft.getDatasetVersion())
                .setSource(soft.getSource())
                .setSelection(soft.getSelection())
                .setStudent(soft.getStudent())
                .setImagesPerClass(budget)
                .setCheckpointId(soft.getCheckpointId())
                .setConfigurationId(soft.getConfigurationId())
                .setSoftTest(soft.getTest())
                .setHardTest(hardAtBudget == null ? null : hardAtBudget.getTest())
                .setHardImagesPerClass(orNull(reached))
                .setWorth(ratio(reached, budget))
                .setWorthLow(ratio(fewest, budget))
                .setWorthHigh(ratio(most, budget))
                .setMessage(reached.isPresent() ? null : whyNot(soft.getTest().getMean(), curve))
                .setFittedWorth(fitted.worth())
                .setFittedLow(fitted.low())
                .setFittedHigh(fitted.high())
                .setFittedMessage(fitted.message())
                .build();
    }

    private static String whyNot(double softTest, Optional<HardCurve> curve) {
        if (curve.isEmpty()) {
            return "no hard-label results yet for this student and recipe";
        }
        MonotoneCurve hard = curve.get().mean();
        return softTest > hard.highest()
                ? String.format(
                        Locale.ROOT,
                        "hard labels at up to %.0f images per class do not reach %.1f%%",
                        hard.largestBudget(),
                        100 * softTest)
                : String.format(
                        Locale.ROOT,
                        "hard labels at %.0f images per class, the fewest measured, are already above %.1f%%",
                        hard.smallestBudget(),
                        100 * softTest);
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Double ratio(OptionalDouble hardImagesPerClass, int softImagesPerClass) {
        return hardImagesPerClass.isPresent()
                ? hardImagesPerClass.getAsDouble() / softImagesPerClass
                : null;
    }
}
