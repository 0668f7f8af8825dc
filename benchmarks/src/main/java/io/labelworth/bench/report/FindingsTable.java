package io.labelworth.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings for a person. */
public final class FindingsTable {

    private static final String HEAD = "%-46s %10s %10s %10s %8s   %s%n";
    private static final String ROW = "%-46s %10s %10s %10s %7.0f%%   %s%n";
    private static final int DECIMALS_BELOW = 100;

    private FindingsTable() {}

    /** The figures, those with a target first, then the raw ones, then what was left out. */
    public static String render(Findings findings, Conditions conditions, List<Target> targets) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%n%s; %d cores, load %.1f before; batch %d, %d repetitions%s%n%n",
                        conditions.versions().get("device"),
                        conditions.cores(),
                        conditions.loadBefore(),
                        conditions.batch(),
                        conditions.repetitions(),
                        conditions.quick() ? "; QUICK: too short to judge by" : ""));
        text.append(String.format(HEAD, "", "median", "min", "max", "noise", "target"));
        for (Target target : targets) {
            Figure figure = findings.figures().get(target.key());
            if (figure != null) {
                text.append(row(target.title(), figure, verdict(target, figure)));
            }
        }
        List<String> targeted = targets.stream().map(Target::key).toList();
        for (Map.Entry<String, Figure> other : findings.figures().entrySet()) {
            if (!targeted.contains(other.getKey())) {
                text.append(row(other.getKey(), other.getValue(), ""));
            }
        }
        findings.notes().forEach((key, note) -> text.append("  ").append(note).append("\n"));
        text.append("\n");
        for (Map.Entry<String, Figure> raw : findings.raw().entrySet()) {
            text.append(row(raw.getKey(), raw.getValue(), ""));
        }
        findings.skipped()
                .forEach(
                        (key, reason) ->
                                text.append("\nNOT MEASURED: ")
                                        .append(key)
                                        .append(": ")
                                        .append(reason)
                                        .append("\n"));
        return text.toString();
    }

    private static String verdict(Target target, Figure figure) {
        return (target.atLeast() ? ">= " : "<= ")
                + number(target.bound())
                + (target.met(figure) ? "  met" : "  MISSED");
    }

    private static String row(String title, Figure figure, String verdict) {
        return String.format(
                        Locale.ROOT,
                        ROW,
                        title,
                        number(figure.median()),
                        number(figure.min()),
                        number(figure.max()),
                        100 * figure.spread(),
                        verdict)
                .replaceAll("\\s+\\n", "\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < DECIMALS_BELOW ? "%.3f" : "%,.0f", value);
    }
}
