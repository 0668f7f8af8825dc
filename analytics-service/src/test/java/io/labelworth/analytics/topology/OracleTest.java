package io.labelworth.analytics.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.FrontierPoint;
import io.labelworth.schemas.event.Interval;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import io.labelworth.schemas.event.ScalingLaw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** The topology against an oracle on random streams. */
class OracleTest {

    private static final int[] BUDGETS = {1, 2, 5, 10, 20, 50};
    private static final double TOLERANCE = 1e-9;

    /** A stream of few events goes wrong as one of many does, and says more. */
    @Property(tries = 8, seed = "20261121", shrinking = ShrinkingMode.OFF)
    void everySummaryFrontierAndWorthIsTheOracles(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int pieces) {
        Random random = new Random(seed);
        List<Accuracy> stream = stream(random);
        try (TopologyDriver driver = new TopologyDriver()) {
            // In pieces, so that what was published is corrected, too.
            for (int piece = 0; piece < pieces; piece++) {
                int from = piece * stream.size() / pieces;
                int to = (piece + 1) * stream.size() / pieces;
                driver.send(stream.subList(from, to).toArray(Accuracy[]::new));
            }
            Oracle oracle = new Oracle(stream);

            requireSummaries(driver.latest(Topics.ACCURACY_SUMMARY), oracle);
            requireFrontiers(driver.latest(Topics.PARETO_FRONTIER), oracle);
            requireWorths(driver.latest(Topics.LABEL_WORTH), oracle);
            requireLaws(driver.latest(Topics.SCALING_LAWS), oracle);
        }
    }

    @Property(tries = 3, seed = "7", shrinking = ShrinkingMode.OFF)
    void orderAndDuplicatesNeverShow(@ForAll long seed) {
        Random random = new Random(seed);
        List<Accuracy> stream = stream(random);
        // Without second attempts that say something else: there, the first one counts.
        stream.removeIf(event -> event.getAttempt() > 1);
        Map<String, Object> straight = outcome(stream);

        Collections.shuffle(stream, random);
        stream.addAll(stream.subList(0, stream.size() / 2));

        assertThat(outcome(stream)).isEqualTo(straight);
    }

    private static Map<String, Object> outcome(List<Accuracy> stream) {
        try (TopologyDriver driver = new TopologyDriver()) {
            driver.send(stream.toArray(Accuracy[]::new));
            Map<String, Object> outcome = new HashMap<>(driver.latest(Topics.ACCURACY_SUMMARY));
            outcome.putAll(driver.latest(Topics.SCALING_LAWS));
            outcome.putAll(driver.latest(Topics.LABEL_WORTH));
            outcome.putAll(driver.members());
            return outcome;
        }
    }

    private static void requireSummaries(Map<String, AccuracySummary> published, Oracle oracle) {
        assertThat(published.keySet()).isEqualTo(oracle.configurations());
        published.forEach(
                (id, summary) -> {
                    assertThat(new TreeSet<>(summary.getRunIds())).isEqualTo(oracle.runs(id));
                    requireEqual(summary.getValidation(), oracle.validation(id));
                    requireEqual(summary.getTest(), oracle.test(id));
                    assertThat(summary.getBytes()).isCloseTo(oracle.bytes(id), within(TOLERANCE));
                });
    }

    private static void requireFrontiers(Map<String, ParetoFrontier> published, Oracle oracle) {
        Map<String, Object> expected = new HashMap<>();
        for (String family : oracle.families()) {
            for (String regime : oracle.regimes(family)) {
                for (String axis : Oracle.AXES) {
                    expected.put(
                            family + "/" + regime + "/" + axis,
                            oracle.frontier(family, regime, axis));
                }
            }
        }
        Map<String, Object> members = new HashMap<>();
        published.forEach(
                (key, frontier) ->
                        members.put(
                                key,
                                frontier.getPoints().stream()
                                        .map(FrontierPoint::getConfigurationId)
                                        .collect(Collectors.toCollection(TreeSet::new))));
        assertThat(members).isEqualTo(expected);
        for (ParetoFrontier frontier : published.values()) {
            for (FrontierPoint point : frontier.getPoints()) {
                String id = point.getConfigurationId();
                assertThat(point.getValidationMean())
                        .isCloseTo(oracle.validation(id).mean(), within(TOLERANCE));
                assertThat(point.getTestMean())
                        .isCloseTo(oracle.test(id).mean(), within(TOLERANCE));
            }
        }
    }

    private static void requireWorths(Map<String, LabelWorth> published, Oracle oracle) {
        int count = 0;
        for (String family : oracle.families()) {
            for (Map.Entry<Integer, Oracle.Worth> entry : oracle.worths(family).entrySet()) {
                count++;
                LabelWorth worth = published.get(family + "/" + entry.getKey());
                Oracle.Worth expected = entry.getValue();
                assertThat(worth.getConfigurationId()).isEqualTo(expected.soft());
                requireEqual(worth.getHardImagesPerClass(), expected.hardImagesPerClass());
                requireEqual(worth.getWorth(), expected.worth());
                if (worth.getWorthLow() != null && worth.getWorthHigh() != null) {
                    requireEqual(worth.getWorthLow(), expected.low());
                    requireEqual(worth.getWorthHigh(), expected.high());
                }
            }
        }
        assertThat(published).hasSize(count);
    }

    /** Which points are fitted, and that along the fitted laws the worth is what it says. */
    private static void requireLaws(Map<String, ScalingLaw> published, Oracle oracle) {
        int count = 0;
        for (String family : oracle.families()) {
            for (String regime : oracle.regimes(family)) {
                requireLaw(published, oracle, family, regime, null);
                count++;
                for (String checkpoint : oracle.checkpoints(family, regime)) {
                    requireLaw(published, oracle, family, regime, checkpoint);
                    count++;
                }
            }
        }
        assertThat(published).hasSize(count);
    }

    private static void requireLaw(
            Map<String, ScalingLaw> published,
            Oracle oracle,
            String family,
            String regime,
            String checkpoint) {
        ScalingLaw law =
                published.get(family + "/" + regime + (checkpoint == null ? "" : "/" + checkpoint));
        List<String> fitted =
                oracle.best(family, regime, checkpoint).values().stream()
                        .filter(id -> oracle.test(id).n() > 1)
                        .toList();
        assertThat(law.getConfigurationIds()).isEqualTo(fitted);
        assertThat(law.getFloor() == null).isEqualTo(fitted.size() < 4);
        assertThat(law.getMessage() == null).isEqualTo(fitted.size() >= 4);
        if (law.getFloor() != null) {
            double squares = 0;
            for (String id : fitted) {
                double budget = BUDGETS[0];
                for (int each : BUDGETS) {
                    budget = id.contains("-ipc" + each + "-") ? each : budget;
                }
                double error = 1 - oracle.test(id).mean();
                squares +=
                        Math.pow(
                                error - law.getFloor() - law.getA() * Math.pow(budget, -law.getB()),
                                2);
            }
            assertThat(law.getRmse())
                    .isCloseTo(Math.sqrt(squares / fitted.size()), within(TOLERANCE));
        }
    }

    private static void requireEqual(Interval published, Oracle.Stats expected) {
        assertThat(published.getN()).isEqualTo(expected.n());
        requireEqual(published.getMean(), expected.mean());
        requireEqual(published.getStd(), expected.std());
        requireEqual(published.getHalfWidth95(), expected.half());
    }

    /** NaN is the oracle's word for no number. */
    private static void requireEqual(Double published, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(published).isNull();
        } else {
            assertThat(published)
                    .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
        }
    }

    /**
     * Students of two widths, hard, soft and treated labels of three experts, some budgets and
     * seeds of each; coarse accuracies, so that there are ties; then duplicates, second attempts
     * that say something else, replays and points on the way, all shuffled.
     */
    private static List<Accuracy> stream(Random random) {
        List<Accuracy> results = new ArrayList<>();
        for (String width : List.of("32", "64")) {
            for (int budget : BUDGETS) {
                double base = 0.8 - 0.5 * Math.pow(budget, -0.4);
                for (int seed = 1; seed <= 3; seed++) {
                    results.add(result(Results.hard(budget, seed, near(base, random)), width, ""));
                    for (String expert : List.of("e1", "e2", "e3")) {
                        double soft = base + 0.05 * random.nextDouble();
                        results.add(
                                result(
                                        Results.soft(expert, budget, seed, near(soft, random)),
                                        width,
                                        ""));
                        results.add(
                                result(
                                        Results.soft(expert, budget, seed, near(soft, random)),
                                        width,
                                        "smoothed"));
                    }
                }
            }
        }
        results.removeIf(result -> random.nextInt(4) == 0);
        List<Accuracy> stream = new ArrayList<>(results);
        for (Accuracy result : results) {
            switch (random.nextInt(12)) {
                case 0 -> stream.add(result);
                case 1 ->
                        stream.add(
                                Accuracy.newBuilder(result)
                                        .setAttempt(2)
                                        .setAttemptId(result.getRunId() + "-attempt2")
                                        .setTestAccuracy(near(0.5, random))
                                        .build());
                case 2 ->
                        stream.add(
                                Accuracy.newBuilder(result)
                                        .setReplayOf(result.getAttemptId())
                                        .setAttemptId(result.getRunId() + "-replay")
                                        .setTestAccuracy(near(0.5, random))
                                        .build());
                case 3 ->
                        stream.add(
                                Accuracy.newBuilder(result)
                                        .setFinalResult(false)
                                        .setTestAccuracy(null)
                                        .build());
                default -> {}
            }
        }
        Collections.shuffle(stream, random);
        return stream;
    }

    private static Accuracy result(Accuracy.Builder result, String width, String treated) {
        String configuration = result.getConfigurationId() + "-w" + width + treated;
        String run = configuration + "-seed" + result.getSubsetSeed();
        if (!treated.isEmpty()) {
            result.setTreatments(List.of(new Choice(treated, Map.of())));
        }
        return result.setConfigurationId(configuration)
                .setRunId(run)
                .setAttemptId(run + "-attempt1")
                .setStudent(new Choice("convnet", Map.of("depth", "3", "width", width)))
                .setRecipe(
                        new Choice(
                                "sgd",
                                Map.of("steps", Integer.toString(result.getImagesPerClass()))))
                .build();
    }

    private static double near(double accuracy, Random random) {
        return Math.round(100 * (accuracy + 0.03 * random.nextGaussian())) / 100.0;
    }
}
