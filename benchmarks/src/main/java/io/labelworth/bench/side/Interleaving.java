package io.labelworth.bench.side;

import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures several sides in turn, A B C A B C, so that a machine that gets slower or faster does so
 * for all of them.
 */
public final class Interleaving {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getOperatingSystemMXBean();

    private final Map<String, Side> sides = new LinkedHashMap<>();

    /** Adds a side under its name. */
    public void add(String name, Side side) {
        sides.put(name, side);
    }

    /**
     * Images per second of each side. How busy the machine was goes to the raw figures: what else
     * runs on it is in the figures, too.
     *
     * @param name what is measured, as keys and progress have it
     */
    public Map<String, Figure> measure(
            String name, int repetitions, Progress progress, Findings findings)
            throws InterruptedException {
        List<Double> loads = new ArrayList<>();
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (Map.Entry<String, Side> side : sides.entrySet()) {
                double rate = side.getValue().imagesPerSecond();
                values.computeIfAbsent(side.getKey(), key -> new ArrayList<>()).add(rate);
                loads.add(SYSTEM.getSystemLoadAverage());
                progress.line(
                        String.format(
                                Locale.ROOT,
                                "%s, repetition %d of %d: %s %,.0f images/s",
                                name,
                                repetition,
                                repetitions,
                                side.getKey(),
                                rate));
            }
        }
        findings.raw(name + ".loadAverage", new Figure(loads));
        Map<String, Figure> figures = new LinkedHashMap<>();
        values.forEach((side, measured) -> figures.put(side, new Figure(measured)));
        return figures;
    }
}
