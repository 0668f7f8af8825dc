package io.labelworth.bench.labeler;

import io.labelworth.bench.report.Figure;
import io.labelworth.standalone.terminal.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures several sides in turn, A B C A B C, so that a machine that gets slower or faster does so
 * for all of them.
 */
final class Interleaving {

    private final Map<String, Side> sides = new LinkedHashMap<>();

    /** Adds a side under its name. */
    void add(String name, Side side) {
        sides.put(name, side);
    }

    /**
     * Images per second of each side.
     *
     * @param title what is measured, for the progress
     */
    Map<String, Figure> measure(String title, int repetitions, Progress progress)
            throws InterruptedException {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (Map.Entry<String, Side> side : sides.entrySet()) {
                double rate = side.getValue().imagesPerSecond();
                values.computeIfAbsent(side.getKey(), name -> new ArrayList<>()).add(rate);
                progress.line(
                        String.format(
                                Locale.ROOT,
                                "%s, repetition %d of %d: %s %,.0f images/s",
                                title,
                                repetition,
                                repetitions,
                                side.getKey(),
                                rate));
            }
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        values.forEach((name, measured) -> figures.put(name, new Figure(measured)));
        return figures;
    }
}
