package io.labelworth.it.analytics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the answers must be, computed from the runs in the plainest way. */
final class Oracle {

    private final List<Run> runs;

    Oracle(List<Run> runs) {
        this.runs = runs;
    }

    /** Runs by configuration. */
    Map<String, List<Run>> configurations() {
        return runs.stream()
                .collect(
                        Collectors.groupingBy(
                                Run::configurationId, TreeMap::new, Collectors.toList()));
    }

    double validation(String configuration) {
        return configurations().get(configuration).stream()
                .mapToDouble(Run::validation)
                .average()
                .orElseThrow();
    }

    double test(String configuration) {
        return configurations().get(configuration).stream()
                .mapToDouble(Run::test)
                .average()
                .orElseThrow();
    }

    /** Configurations of a regime that none beats at the same or lower bytes. */
    Set<String> frontierByBytes(String regime) {
        Map<String, List<Run>> all = configurations();
        List<String> ids =
                all.keySet().stream()
                        .filter(id -> all.get(id).get(0).regime().equals(regime))
                        .toList();
        return ids.stream()
                .filter(
                        a ->
                                ids.stream()
                                        .noneMatch(
                                                b ->
                                                        !b.equals(a)
                                                                && all.get(b).get(0).bytes()
                                                                        <= all.get(a).get(0).bytes()
                                                                && validation(b) >= validation(a)))
                .collect(Collectors.toSet());
    }

    /** The soft configuration with the highest validation mean at a budget. */
    String bestSoft(int budget) {
        return configurations().keySet().stream()
                .filter(id -> id.endsWith("-ipc" + budget) && !id.contains("-hard-"))
                .max(Comparator.comparingDouble(this::validation))
                .orElseThrow();
    }

    /** Images per class of hard labels for an accuracy; NaN outside of what was measured. */
    double hardImagesPerClass(double accuracy) {
        TreeMap<Integer, Double> curve = new TreeMap<>();
        configurations()
                .forEach(
                        (id, of) -> {
                            if (of.get(0).expert() == null) {
                                curve.put(of.get(0).imagesPerClass(), test(id));
                            }
                        });
        Map.Entry<Integer, Double> before = null;
        for (Map.Entry<Integer, Double> point : curve.entrySet()) {
            if (before != null && before.getValue() <= accuracy && accuracy <= point.getValue()) {
                double share =
                        (accuracy - before.getValue()) / (point.getValue() - before.getValue());
                double log =
                        Math.log(before.getKey())
                                + share * (Math.log(point.getKey()) - Math.log(before.getKey()));
                return Math.exp(log);
            }
            before = point;
        }
        return Double.NaN;
    }
}
