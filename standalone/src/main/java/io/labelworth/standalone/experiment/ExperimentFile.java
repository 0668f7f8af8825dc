package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An experiment as its author wrote it.
 *
 * @param name name for people
 * @param dataset dataset to distill
 * @param source source of the candidate images; {@code real} when absent
 * @param pool candidate images per class the subsets are drawn from
 * @param budgets budgets to try
 * @param hardLabels whether to train on the images' own classes too
 * @param expertRun run whose every checkpoint labels; null when {@code checkpoints} names them
 * @param checkpoints checkpoint ids whose labels to train on; the planner waits for those that have
 *     not landed
 * @param treatments label treatments applied in order; none when absent
 * @param student architecture of the students
 * @param recipe training recipe of the students
 * @param evaluation when and on how many images students are evaluated
 * @param seeds one run per seed, which seeds both the subset and the training
 */
public record ExperimentFile(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String dataset,
        String source,
        @JsonProperty(required = true) int pool,
        @JsonProperty(required = true) List<BudgetLine> budgets,
        boolean hardLabels,
        String expertRun,
        List<String> checkpoints,
        List<ChoiceLine> treatments,
        @JsonProperty(required = true) ChoiceLine student,
        @JsonProperty(required = true) ChoiceLine recipe,
        @JsonProperty(required = true) ChoiceLine evaluation,
        @JsonProperty(required = true) List<Long> seeds) {

    /**
     * One budget.
     *
     * @param imagesPerClass images per class
     * @param steps optimiser steps of its students
     */
    public record BudgetLine(
            @JsonProperty(required = true) int imagesPerClass,
            @JsonProperty(required = true) int steps) {}

    /**
     * One element of an open set.
     *
     * @param name its name
     * @param parameters its parameters; the others are at their default
     */
    public record ChoiceLine(
            @JsonProperty(required = true) String name, Map<String, String> parameters) {

        /** No parameters when absent. */
        public ChoiceLine {
            parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        }
    }

    /** Fills what may be absent. */
    public ExperimentFile {
        source = Objects.requireNonNullElse(source, "real");
        checkpoints = checkpoints == null ? List.of() : List.copyOf(checkpoints);
        treatments = treatments == null ? List.of() : List.copyOf(treatments);
    }
}
