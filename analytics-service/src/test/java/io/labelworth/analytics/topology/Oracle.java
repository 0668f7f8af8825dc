package io.labelworth.analytics.topology;

import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the answers must be, from the raw stream and the definitions alone: it shares no code with
 * what it judges, and no cleverness.
 */
final class Oracle {

    static final List<String> AXES = List.of("images", "bytes", "compute");

    /** Mean, sample deviation and half width of the 95% interval; NaN where there is none. */
    record Stats(int n, double mean, double std, double half) {

        static Stats of(double[] values) {
            int n = values.length;
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            double mean = sum / n;
            double squares = 0;
            for (double value : values) {
                squares += Math.pow(value - mean, 2);
            }
            double std = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
            return new Stats(
                    n, mean, std, n < 2 ? Double.NaN : quantile(n - 1) * std / Math.sqrt(n));
        }

        /**
         * 0.975 quantile of Student's t: its distribution function is a finite sum (A and S 26.7).
         */
        private static double quantile(int degrees) {
            double low = 0;
            double high = 100;
            for (int i = 0; i < 200; i++) {
                double middle = (low + high) / 2;
                if (central(middle, degrees) < 0.95) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private static double central(double t, int degrees) {
            double angle = Math.atan(t / Math.sqrt(degrees));
            double cosine = Math.cos(angle);
            boolean odd = degrees % 2 == 1;
            double term = odd ? cosine : 1;
            double sum = degrees == 1 ? 0 : term;
            for (int k = odd ? 2 : 1; k <= degrees - 3; k += 2) {
                term *= cosine * cosine * k / (k + 1);
                sum += term;
            }
            return odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
        }
    }

    /** What hard labels need for the soft accuracy, and the worth; NaN where there is no number. */
    record Worth(String soft, double hardImagesPerClass, double worth, double low, double high) {}

    private final Map<String, List<Accuracy>> configurations = new TreeMap<>();

    /** Reads the stream in the order it was sent. */
    Oracle(List<Accuracy> stream) {
        Map<String, Accuracy> first = new LinkedHashMap<>();
        for (Accuracy event : stream) {
            if (event.getFinalResult() && event.getReplayOf() == null) {
                first.putIfAbsent(event.getRunId(), event);
            }
        }
        first.values()
                .forEach(
                        run ->
                                configurations
                                        .computeIfAbsent(
                                                run.getConfigurationId(), id -> new ArrayList<>())
                                        .add(run));
        configurations
                .values()
                .forEach(runs -> runs.sort(Comparator.comparing(Accuracy::getRunId)));
    }

    Set<String> configurations() {
        return configurations.keySet();
    }

    Set<String> runs(String configuration) {
        return configurations.get(configuration).stream()
                .map(Accuracy::getRunId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Stats validation(String configuration) {
        return stats(configuration, Accuracy::getValidationAccuracy);
    }

    Stats test(String configuration) {
        return stats(configuration, Accuracy::getTestAccuracy);
    }

    double bytes(String configuration) {
        return stats(configuration, run -> (double) run.getImageBytes() + run.getLabelBytes())
                .mean();
    }

    /** Keys of families of the streams here, whose recipes have steps and nothing else. */
    Set<String> families() {
        return configurations.keySet().stream()
                .map(this::family)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> regimes(String family) {
        return members(family, id -> true).stream()
                .map(this::regime)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Configurations that no other of their family and regime beats at the same or lower cost. */
    Set<String> frontier(String family, String regime, String axis) {
        List<String> all = members(family, id -> regime(id).equals(regime));
        Set<String> members = new TreeSet<>();
        for (String a : all) {
            boolean beaten = false;
            for (String b : all) {
                boolean asCheap = cost(b, axis) <= cost(a, axis);
                boolean asGood = validation(b).mean() >= validation(a).mean();
                boolean better =
                        cost(b, axis) < cost(a, axis)
                                || validation(b).mean() > validation(a).mean();
                beaten |= asCheap && asGood && better;
            }
            if (!beaten) {
                members.add(a);
            }
        }
        return members;
    }

    /** The best configuration of each budget by validation accuracy, then by id. */
    Map<Integer, String> best(String family, String regime, String checkpoint) {
        Map<Integer, String> best = new TreeMap<>();
        for (String id : members(family, each -> regime(each).equals(regime))) {
            if (checkpoint != null && !checkpoint.equals(any(id).getCheckpointId())) {
                continue;
            }
            String other = best.get(any(id).getImagesPerClass());
            if (other == null || validation(id).mean() > validation(other).mean()) {
                best.put(any(id).getImagesPerClass(), id);
            }
        }
        return best;
    }

    Set<String> checkpoints(String family, String regime) {
        return members(family, id -> regime(id).equals(regime)).stream()
                .map(id -> any(id).getCheckpointId())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Measured label worth at every budget with soft labels. */
    Map<Integer, Worth> worths(String family) {
        Map<Integer, String> hard = best(family, "hard", null);
        Map<Integer, Worth> worths = new TreeMap<>();
        best(family, "fixed-soft", null)
                .forEach(
                        (budget, soft) -> {
                            Stats at = test(soft);
                            double reached = reach(hard, at.mean(), Stats::mean);
                            double low =
                                    reach(hard, at.mean() - at.half(), s -> s.mean() + s.half());
                            double high =
                                    reach(hard, at.mean() + at.half(), s -> s.mean() - s.half());
                            worths.put(
                                    budget,
                                    new Worth(
                                            soft,
                                            reached,
                                            reached / budget,
                                            low / budget,
                                            high / budget));
                        });
        return worths;
    }

    /** The smallest budget at which the monotone curve has an accuracy; NaN outside of it. */
    private double reach(
            Map<Integer, String> hard, double accuracy, ToDoubleFunction<Stats> height) {
        List<Integer> budgets = new ArrayList<>(hard.keySet());
        int n = budgets.size();
        double[] curve = new double[n];
        for (int i = 0; i < n; i++) {
            // Isotonic regression by its max-min formula.
            curve[i] = Double.NEGATIVE_INFINITY;
            for (int from = 0; from <= i; from++) {
                double least = Double.POSITIVE_INFINITY;
                for (int to = i; to < n; to++) {
                    least = Math.min(least, mean(hard, budgets.subList(from, to + 1), height));
                }
                curve[i] = Math.max(curve[i], least);
            }
        }
        for (int i = 0; i < n; i++) {
            if (curve[i] >= accuracy) {
                if (i == 0) {
                    return curve[0] == accuracy ? budgets.get(0) : Double.NaN;
                }
                double share = (accuracy - curve[i - 1]) / (curve[i] - curve[i - 1]);
                double from = Math.log(budgets.get(i - 1));
                return Math.exp(from + share * (Math.log(budgets.get(i)) - from));
            }
        }
        return Double.NaN;
    }

    private double mean(
            Map<Integer, String> hard, List<Integer> budgets, ToDoubleFunction<Stats> height) {
        double sum = 0;
        double weights = 0;
        for (int budget : budgets) {
            Stats stats = test(hard.get(budget));
            sum += height.applyAsDouble(stats) * stats.n();
            weights += stats.n();
        }
        return sum / weights;
    }

    private List<String> members(String family, Predicate<String> wanted) {
        return configurations.keySet().stream()
                .filter(id -> family(id).equals(family))
                .filter(wanted)
                .toList();
    }

    private double cost(String configuration, String axis) {
        return switch (axis) {
            case "images" -> any(configuration).getImagesPerClass();
            case "bytes" -> bytes(configuration);
            default -> stats(configuration, Accuracy::getStudentCompute).mean();
        };
    }

    private String family(String configuration) {
        Accuracy any = any(configuration);
        Choice student = any.getStudent();
        return any.getDataset()
                + "@"
                + any.getDatasetVersion()
                + "/"
                + any.getSource()
                + "/"
                + student.getName()
                + new TreeMap<>(student.getParameters())
                        .toString()
                        .replace("{", "[")
                        .replace("}", "]")
                        .replace(", ", ",")
                + "/"
                + any.getRecipe().getName();
    }

    private String regime(String configuration) {
        Accuracy any = any(configuration);
        return any.getTreatments().isEmpty()
                ? any.getRegime()
                : any.getRegime() + "+" + any.getTreatments().get(0).getName();
    }

    private Accuracy any(String configuration) {
        return configurations.get(configuration).get(0);
    }

    private Stats stats(String configuration, ToDoubleFunction<Accuracy> of) {
        return Stats.of(configurations.get(configuration).stream().mapToDouble(of).toArray());
    }
}
