package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which expert to use at a budget: the step of the best checkpoint of an expert's run, as measured
 * or as predicted for a budget that nobody ran. Small budgets want early experts and large ones
 * late ones (PAPER, "Results"), so log step is a line over log budget that never falls.
 *
 * @param family key of the family
 * @param run the expert's training run
 * @param imagesPerClass budget
 * @param measured whether students were trained at this budget, with at least two checkpoints of
 *     the run: a single one is no choice
 * @param step step of the best checkpoint by validation accuracy; null where not measured
 * @param checkpointId that checkpoint; null where not measured
 * @param validation its students' mean validation accuracy; null where not measured
 * @param predictedStep step by the line through the other measured budgets, within the steps of the
 *     run's checkpoints; null with fewer than three measured budgets
 * @param predictedLow lower end of the 95% interval of the best step; null where there is none
 * @param predictedHigh upper end of it; null where there is none
 * @param heldOutError factor by which the prediction missed the best step of this budget when it
 *     was held out, 1 at best; at a budget nobody ran, the geometric root mean square of the
 *     factors of all measured ones; null with fewer than three
 */
public record BestExperts(
        String family,
        String run,
        int imagesPerClass,
        boolean measured,
        Long step,
        String checkpointId,
        Double validation,
        Double predictedStep,
        Double predictedLow,
        Double predictedHigh,
        Double heldOutError) {

    private static final int LEAST_CHECKPOINTS = 2;
    private static final int LEAST_BUDGETS = 3;

    /** Budgets to predict for, times powers of ten. */
    private static final int[] ROUND = {1, 2, 5};

    /** How far beyond the largest measured budget. */
    private static final int BEYOND = 10;

    /**
     * Measured and predicted budgets of every family and expert run, by increasing budget.
     *
     * @param summaries of any families and regimes, in any order; only untreated labels of one
     *     checkpoint count
     * @param checkpoints what is known of checkpoints; others' results are left out
     */
    public static List<BestExperts> of(
            Collection<AccuracySummary> summaries, Collection<ExpertCheckpoint> checkpoints) {
        Map<String, ExpertCheckpoint> byId = new HashMap<>();
        checkpoints.forEach(each -> byId.put(each.getCheckpointId(), each));
        Map<String, LongSummaryStatistics> steps =
                checkpoints.stream()
                        .collect(
                                Collectors.groupingBy(
                                        ExpertCheckpoint::getRun,
                                        Collectors.summarizingLong(ExpertCheckpoint::getStep)));
        Map<FamilyAndRun, List<AccuracySummary>> groups =
                summaries.stream()
                        .filter(summary -> Regime.of(summary).equals(Regime.FIXED_SOFT))
                        .filter(summary -> byId.containsKey(summary.getCheckpointId()))
                        .collect(
                                Collectors.groupingBy(
                                        summary ->
                                                new FamilyAndRun(
                                                        Family.of(summary).key(),
                                                        byId.get(summary.getCheckpointId())
                                                                .getRun()),
                                        () -> new TreeMap<>(FamilyAndRun.ORDER),
                                        Collectors.toList()));
        List<BestExperts> rows = new ArrayList<>();
        groups.forEach(
                (group, of) -> rows.addAll(rows(group, chosen(of), byId, steps.get(group.run()))));
        return rows;
    }

    private record FamilyAndRun(String family, String run) {
        static final Comparator<FamilyAndRun> ORDER =
                Comparator.comparing(FamilyAndRun::family).thenComparing(FamilyAndRun::run);
    }

    /** The best of each budget that had a choice. */
    private static SortedMap<Integer, AccuracySummary> chosen(List<AccuracySummary> summaries) {
        SortedMap<Integer, AccuracySummary> best = BestFirst.byBudget(summaries);
        best.keySet()
                .removeIf(
                        budget ->
                                summaries.stream()
                                                .filter(s -> s.getImagesPerClass() == budget)
                                                .map(AccuracySummary::getCheckpointId)
                                                .distinct()
                                                .count()
                                        < LEAST_CHECKPOINTS);
        return best;
    }

    private static List<BestExperts> rows(
            FamilyAndRun group,
            SortedMap<Integer, AccuracySummary> chosen,
            Map<String, ExpertCheckpoint> checkpoints,
            LongSummaryStatistics steps) {
        SortedMap<Integer, Double> stepAt = new TreeMap<>();
        chosen.forEach(
                (budget, best) ->
                        stepAt.put(
                                budget,
                                positive(checkpoints.get(best.getCheckpointId()).getStep())));
        Map<Integer, BestExperts> rows = new TreeMap<>();
        double squares = 0;
        for (Map.Entry<Integer, AccuracySummary> entry : chosen.entrySet()) {
            AccuracySummary best = entry.getValue();
            Prediction held = Prediction.without(entry.getKey(), stepAt, steps);
            double log =
                    held == null ? 0 : StrictMath.log(held.step() / stepAt.get(entry.getKey()));
            squares += log * log;
            rows.put(
                    entry.getKey(),
                    new BestExperts(
                            group.family(),
                            group.run(),
                            entry.getKey(),
                            true,
                            checkpoints.get(best.getCheckpointId()).getStep(),
                            best.getCheckpointId(),
                            best.getValidation().getMean(),
                            held == null ? null : held.step(),
                            held == null ? null : held.low(),
                            held == null ? null : held.high(),
                            held == null ? null : StrictMath.exp(Math.abs(log))));
        }
        if (chosen.size() >= LEAST_BUDGETS) {
            double error = StrictMath.exp(Math.sqrt(squares / chosen.size()));
            for (int budget : unmeasured(chosen)) {
                Prediction next = Prediction.without(budget, stepAt, steps);
                rows.put(
                        budget,
                        new BestExperts(
                                group.family(),
                                group.run(),
                                budget,
                                false,
                                null,
                                null,
                                null,
                                next.step(),
                                next.low(),
                                next.high(),
                                error));
            }
        }
        return List.copyOf(rows.values());
    }

    private static List<Integer> unmeasured(SortedMap<Integer, AccuracySummary> chosen) {
        List<Integer> budgets = new ArrayList<>();
        long last = (long) BEYOND * chosen.lastKey();
        for (long power = 1; power <= last; power *= BEYOND) {
            for (int digit : ROUND) {
                long budget = digit * power;
                if (budget <= Math.min(last, Integer.MAX_VALUE)
                        && !chosen.containsKey((int) budget)) {
                    budgets.add((int) budget);
                }
            }
        }
        return budgets;
    }

    /** An untrained expert is step 0, which has no logarithm. */
    private static double positive(long step) {
        return Math.max(1, step);
    }

    /** What the other budgets say of one; ends are null where nothing can be said of them. */
    private record Prediction(double step, Double low, Double high) {

        static Prediction without(
                int budget, SortedMap<Integer, Double> stepAt, LongSummaryStatistics steps) {
            if (stepAt.size() < LEAST_BUDGETS) {
                return null;
            }
            LogLine line =
                    new LogLine(
                            stepAt.entrySet().stream()
                                    .filter(entry -> entry.getKey() != budget)
                                    .map(e -> new LogLine.Point(e.getKey(), e.getValue()))
                                    .toList());
            double step = line.at(budget);
            double factor = line.factor(budget);
            boolean known = Double.isFinite(factor);
            return new Prediction(
                    within(step, steps),
                    known ? within(step / factor, steps) : null,
                    known ? within(step * factor, steps) : null);
        }

        private static double within(double step, LongSummaryStatistics steps) {
            return Math.min(steps.getMax(), Math.max(positive(steps.getMin()), step));
        }
    }
}
