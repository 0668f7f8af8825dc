package io.labelworth.standalone.results;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.Interval;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as a person reads them in a terminal. */
public final class ResultsTable {

    private static final String ROW = "%5s  %6s  %-15s  %-15s  %-26s  %s%n";
    private static final String POINT = "%5s  %12s  %9s  %s%n";

    private ResultsTable() {}

    /** For each family: the table by budget, then the frontier over images. */
    public static String render(Results results) {
        if (results.summaries().isEmpty()) {
            return "No results yet: run an experiment, for example ./labelworth quickstart\n";
        }
        return results.byFamily().stream()
                .map(ResultsTable::family)
                .collect(Collectors.joining("\n\n"));
    }

    private static String family(Results results) {
        StringBuilder out = new StringBuilder();
        AccuracySummary any = results.summaries().get(0);
        line(
                out,
                "%s, %sstudent %s %s: test accuracy in %%, mean ± 95%% interval over %d runs (seeds vary: %s)%n%n",
                any.getDataset(),
                images(any),
                any.getStudent().getName(),
                any.getStudent().getParameters(),
                any.getTest().getN(),
                any.getSeedsVary());
        line(out, ROW, "IPC", "steps", "hard labels", "best soft", "by expert", "label worth");
        for (int budget : results.budgets()) {
            row(out, results, budget);
        }
        line(
                out,
                "%nBest soft labels are chosen on validation accuracy. Label worth: images per class that hard labels%n"
                        + "need for the same test accuracy, divided by the budget; fitted: along scaling laws, which take four%n"
                        + "budgets of each kind.%n");
        results.frontiers().stream()
                .filter(frontier -> frontier.getAxis().equals("images"))
                .sorted(Comparator.comparing(ParetoFrontier::getRegime))
                .forEach(frontier -> frontier(out, results, frontier));
        return out.toString();
    }

    /** What tells families of one dataset apart by their images: source and selection. */
    private static String images(AccuracySummary any) {
        Choice selection = any.getSelection();
        return any.getSource()
                + " images"
                + (selection == null
                        ? ""
                        : " by " + selection.getName() + " " + selection.getParameters())
                + ", ";
    }

    private static void row(StringBuilder out, Results results, int budget) {
        var soft = results.bestSoft(budget);
        var hard = results.hard(budget);
        String steps =
                results.summaries().stream()
                        .filter(s -> s.getImagesPerClass() == budget)
                        .findFirst()
                        .map(s -> Integer.toString(s.getSteps()))
                        .orElse("");
        line(
                out,
                ROW,
                budget,
                steps,
                hard.map(s -> percent(s.getTest())).orElse("-"),
                soft.map(s -> percent(s.getTest())).orElse("-"),
                soft.map(s -> expert(results, s.getCheckpointId())).orElse("-"),
                soft.flatMap(results::worth).map(ResultsTable::worth).orElse("-"));
    }

    private static void frontier(StringBuilder out, Results results, ParetoFrontier frontier) {
        line(out, "%nPareto frontier over images, regime %s:%n", frontier.getRegime());
        line(out, POINT, "IPC", "validation %", "test %", "expert");
        List<FrontierPoint> points = frontier.getPoints();
        for (FrontierPoint point : points) {
            line(
                    out,
                    POINT,
                    point.getImagesPerClass(),
                    percent(point.getValidationMean()),
                    percent(point.getTestMean()),
                    point.getCheckpointId() == null
                            ? "-"
                            : expert(results, point.getCheckpointId()));
        }
    }

    private static String expert(Results results, String checkpointId) {
        ExpertCheckpoint checkpoint = results.checkpoints().get(checkpointId);
        if (checkpoint == null) {
            return checkpointId;
        }
        String epoch =
                checkpoint.getEpoch() > 0
                        ? String.format(Locale.ROOT, " (epoch %.2f)", checkpoint.getEpoch())
                        : "";
        return "step " + checkpoint.getStep() + epoch;
    }

    /** Along the fitted laws where both are there, since they use every budget; or as measured. */
    private static String worth(LabelWorth worth) {
        if (worth.getFittedWorth() != null) {
            return times(worth.getFittedWorth(), worth.getFittedLow(), worth.getFittedHigh())
                    + " fitted";
        }
        return worth.getWorth() == null
                ? worth.getMessage()
                : times(worth.getWorth(), worth.getWorthLow(), worth.getWorthHigh());
    }

    private static String times(double worth, Double low, Double high) {
        String range =
                low == null && high == null
                        ? ""
                        : String.format(
                                Locale.ROOT, " (%s to %s)", orUnknown(low), orUnknown(high));
        return String.format(Locale.ROOT, "x %.1f%s", worth, range);
    }

    private static String orUnknown(Double worth) {
        return worth == null ? "?" : String.format(Locale.ROOT, "%.1f", worth);
    }

    private static String percent(Interval interval) {
        return interval.getHalfWidth95() == null
                ? percent(interval.getMean())
                : String.format(
                        Locale.ROOT,
                        "%.1f ± %.1f",
                        100 * interval.getMean(),
                        100 * interval.getHalfWidth95());
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f", 100 * fraction);
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
