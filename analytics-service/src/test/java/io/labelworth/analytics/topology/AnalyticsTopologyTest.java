package io.labelworth.analytics.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.LabelWorth;
import io.labelworth.schemas.event.ParetoFrontier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnalyticsTopologyTest {

    @Test
    void runThatFinishesTwiceIsCountedOnceAndItsFirstResultStays() {
        try (TopologyDriver driver = new TopologyDriver()) {
            Accuracy first = Results.hard(1, 1, 0.5).build();
            Accuracy second =
                    Results.hard(1, 1, 0.9).setAttempt(2).setAttemptId("attempt2").build();

            driver.send(first, second, first);

            AccuracySummary summary = driver.latest(Topics.ACCURACY_SUMMARY).get("hard-ipc1");
            assertThat(summary.getValidation().getN()).isEqualTo(1);
            assertThat(summary.getValidation().getMean()).isEqualTo(0.5);
        }
    }

    @Test
    void runThatFinishesAgainPublishesNothing() {
        try (TopologyDriver driver = new TopologyDriver()) {
            Accuracy result = Results.hard(1, 1, 0.5).build();
            driver.send(result);

            driver.send(result, result);

            assertThat(driver.published(Topics.ACCURACY_SUMMARY)).isEqualTo(1);
        }
    }

    @Test
    void replaysAndPointsOnTheWayAreNotAggregated() {
        try (TopologyDriver driver = new TopologyDriver()) {
            Accuracy result = Results.hard(1, 1, 0.5).build();
            Accuracy replay = Results.hard(1, 2, 0.9).setReplayOf("attempt1").build();
            Accuracy point = Results.hard(1, 3, 0.9).setFinalResult(false).build();

            driver.send(replay, point, result);

            assertThat(driver.latest(Topics.ACCURACY_SUMMARY).get("hard-ipc1").getRunIds())
                    .containsExactly(result.getRunId());
        }
    }

    @Test
    void unreadableAndUnusableResultsAreDeadLetteredAndStopNobody() {
        try (TopologyDriver driver = new TopologyDriver()) {
            driver.sendBytes("run", new byte[] {7, 7, 7});
            driver.send(Results.hard(1, 1, Double.NaN).build());
            driver.send(Results.hard(1, 2, 0.5).setTestAccuracy(null).build());

            driver.send(Results.hard(1, 3, 0.5).build());

            assertThat(driver.latest(Topics.DEAD_LETTERS).values())
                    .extracting(DeadLetter::getTopic, DeadLetter::getOffset, DeadLetter::getKind)
                    .containsExactly(
                            tuple("accuracy", 0L, "unreadable-event"),
                            tuple("accuracy", 1L, "unusable-result"),
                            tuple("accuracy", 2L, "unusable-result"));
            assertThat(driver.latest(Topics.ACCURACY_SUMMARY)).containsOnlyKeys("hard-ipc1");
        }
    }

    @Test
    void frontierIsPublishedOnceAndAgainOnlyWhenItChanges() {
        try (TopologyDriver driver = new TopologyDriver()) {
            driver.send(Results.hard(1, 1, 0.5).build());
            int first = driver.published(Topics.PARETO_FRONTIER);
            driver.send(Results.hard(1, 1, 0.5).build());
            int afterDuplicate = driver.published(Topics.PARETO_FRONTIER);

            driver.send(Results.hard(10, 1, 0.4).build());

            assertThat(first).isEqualTo(3);
            assertThat(afterDuplicate).isEqualTo(3);
            assertThat(driver.published(Topics.PARETO_FRONTIER))
                    .as("a dominated configuration")
                    .isEqualTo(3);
        }
    }

    @Test
    void oneRegimeIsNeverOnTheFrontierOfAnother() {
        try (TopologyDriver driver = new TopologyDriver()) {
            driver.send(
                    Results.hard(1, 1, 0.3).build(),
                    Results.soft("e1", 1, 1, 0.5).build(),
                    Results.soft("e1", 1, 1, 0.9)
                            .setRegime("online-teacher")
                            .setRunId("online")
                            .setConfigurationId("online")
                            .build());

            Map<String, ParetoFrontier> frontiers = driver.latest(Topics.PARETO_FRONTIER);

            assertThat(frontiers).hasSize(9);
            assertThat(frontiers.values())
                    .allSatisfy(frontier -> assertThat(frontier.getPoints()).hasSize(1));
        }
    }

    @Test
    void treatedLabelsAndSelectedImagesAreNotOnTheFrontierNorInTheWorthOfPlainOnes() {
        // Given: the plain runs, and better ones that must not be taken for them
        Choice smoothing = new Choice("label-smoothing", Map.of("weight", "0.1"));
        Choice mean = new Choice("mean-logits", Map.of());
        Choice decile = new Choice("decile", Map.of("labelling", "ab", "decile", "1"));
        Accuracy[] plain = {
            Results.hard(1, 1, 0.3).build(),
            Results.hard(10, 1, 0.5).build(),
            Results.soft("e1", 1, 1, 0.4).build()
        };
        Accuracy[] others = {
            other(Results.hard(1, 1, 0.9), "smoothed").setTreatments(List.of(smoothing)).build(),
            other(Results.soft("e1", 1, 1, 0.9), "treated")
                    .setTreatments(List.of(smoothing))
                    .build(),
            other(Results.soft("e1+e2", 1, 1, 0.9), "ensemble")
                    .setTreatments(List.of(mean))
                    .build(),
            other(Results.soft("e1", 1, 1, 0.9), "selected").setSelection(decile).build()
        };
        Map<String, List<?>> members;
        Map<String, LabelWorth> worths;
        try (TopologyDriver alone = new TopologyDriver()) {
            alone.send(plain);
            members = alone.members();
            worths = alone.latest(Topics.LABEL_WORTH);
        }
        try (TopologyDriver together = new TopologyDriver()) {
            // When
            together.send(others);
            together.send(plain);

            // Then
            assertThat(together.members()).containsAllEntriesOf(members);
            assertThat(together.latest(Topics.LABEL_WORTH)).containsAllEntriesOf(worths);
            String student = "fashion-mnist@v1/real/convnet[depth=3,width=32]/sgd/";
            String selected =
                    "fashion-mnist@v1/real+decile[decile=1,labelling=ab]/convnet[depth=3,width=32]/sgd/";
            assertThat(together.members())
                    .containsKeys(
                            student + "hard+label-smoothing[weight=0.1]/images",
                            student + "fixed-soft+label-smoothing[weight=0.1]/images",
                            student + "fixed-soft+mean-logits/images",
                            selected + "fixed-soft/images");
            assertThat(together.latest(Topics.LABEL_WORTH))
                    .containsOnlyKeys(student + "1", selected + "1");
            assertThat(together.latest(Topics.LABEL_WORTH).get(selected + "1").getSelection())
                    .isEqualTo(decile);
        }
    }

    private static Accuracy.Builder other(Accuracy.Builder result, String name) {
        return result.setRunId(name + "-run").setConfigurationId(name);
    }

    @Test
    void resultsOfAConfigurationAreThereById() {
        try (TopologyDriver driver = new TopologyDriver()) {
            Accuracy second = Results.hard(1, 2, 0.5).build();
            Accuracy first = Results.hard(1, 1, 0.5).build();
            Accuracy below = Results.hard(1, 3, 0.5).setConfigurationId("hard-ipc1/below").build();

            driver.send(second, first, below, first);

            assertThat(driver.runs("hard-ipc1")).containsExactly(first, second);
            assertThat(driver.runs("hard-ipc1/below")).containsExactly(below);
            assertThat(driver.runs("none")).isEmpty();
        }
    }

    @Test
    void lawsAreFittedAtMostOnceASecondAndAfterTheLastResult() {
        try (TopologyDriver driver = new TopologyDriver()) {
            for (int budget : new int[] {1, 2, 5, 10}) {
                double accuracy = 0.8 - 0.5 / budget;
                driver.sendAtOnce(
                        Results.hard(budget, 1, accuracy).build(),
                        Results.hard(budget, 2, accuracy + 0.01).build());
            }
            driver.turn();
            int first = driver.published(Topics.SCALING_LAWS);
            driver.sendAtOnce(Results.hard(1, 3, 0.31).build());
            driver.turn();
            driver.sendAtOnce(Results.hard(1, 4, 0.32).build());
            driver.turn();
            int within = driver.published(Topics.SCALING_LAWS);
            driver.idle();

            assertThat(first).isEqualTo(1);
            assertThat(within).as("less than a second later").isEqualTo(1);
            assertThat(driver.published(Topics.SCALING_LAWS)).isEqualTo(2);
            assertThat(driver.latest(Topics.SCALING_LAWS))
                    .containsOnlyKeys("fashion-mnist@v1/real/convnet[depth=3,width=32]/sgd/hard")
                    .allSatisfy((key, law) -> assertThat(law.getFloor()).isNotNull());
        }
    }

    @Test
    void outcomeDoesNotDependOnOrderNorOnDuplicates() {
        Random random = new Random(17);
        List<Accuracy> results = new ArrayList<>(experiment(random));
        results.addAll(results.subList(0, results.size() / 2));
        Set<Map<String, AccuracySummary>> summaries = new HashSet<>();
        Set<Map<String, LabelWorth>> worths = new HashSet<>();
        Set<Map<String, List<?>>> frontiers = new HashSet<>();

        for (int trial = 0; trial < 5; trial++) {
            Collections.shuffle(results, random);
            try (TopologyDriver driver = new TopologyDriver()) {
                driver.send(results.toArray(Accuracy[]::new));
                summaries.add(driver.latest(Topics.ACCURACY_SUMMARY));
                worths.add(driver.latest(Topics.LABEL_WORTH));
                frontiers.add(driver.members());
            }
        }

        assertThat(summaries).hasSize(1);
        assertThat(worths).singleElement().satisfies(worth -> assertThat(worth).hasSize(3));
        assertThat(frontiers).singleElement().satisfies(f -> assertThat(f).hasSize(6));
    }

    @Test
    void softStudentsAreNotLookedUpOnHardOnesOfAnotherRecipe() {
        try (TopologyDriver driver = new TopologyDriver()) {
            driver.send(
                    Results.hard(1, 1, 0.4).setRecipe(recipe("300")).build(),
                    Results.hard(10, 1, 0.8).setRecipe(recipe("1000")).build(),
                    Results.soft("near", 1, 1, 0.6).setRecipe(recipe("500")).build(),
                    Results.soft("far", 1, 1, 0.6)
                            .setRecipe(new Choice("sgd", Map.of("momentum", "0.3")))
                            .build());

            driver.idle();

            Map<String, LabelWorth> worths = driver.latest(Topics.LABEL_WORTH);
            String student = "fashion-mnist@v1/real/convnet[depth=3,width=32]/";
            assertThat(worths.get(student + "sgd/1").getWorth()).isGreaterThan(1);
            assertThat(worths.get(student + "sgd[momentum=0.3]/1").getMessage())
                    .contains("no hard-label results yet");
        }
    }

    private static Choice recipe(String steps) {
        return new Choice("sgd", Map.of("steps", steps));
    }

    private static List<Accuracy> experiment(Random random) {
        List<Accuracy> results = new ArrayList<>();
        for (int budget : new int[] {1, 10, 50}) {
            for (int seed = 1; seed <= 3; seed++) {
                results.add(Results.hard(budget, seed, random.nextDouble()).build());
                results.add(Results.soft("e1", budget, seed, random.nextDouble()).build());
                results.add(Results.soft("e2", budget, seed, random.nextDouble()).build());
            }
        }
        return results;
    }
}
