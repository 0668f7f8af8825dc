package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.Variant;
import java.util.List;
import java.util.Objects;

/** The experiments that one with variants stands for. */
final class ExperimentVariants {

    private ExperimentVariants() {}

    /** The experiment with each of its variants, in their order; itself where it has none. */
    static List<Experiment> of(Experiment experiment) {
        return experiment.getVariants().isEmpty()
                ? List.of(experiment)
                : experiment.getVariants().stream().map(v -> with(experiment, v)).toList();
    }

    private static Experiment with(Experiment experiment, Variant variant) {
        return Experiment.newBuilder(experiment)
                .setVariants(List.of())
                .setTreatments(
                        Objects.requireNonNullElse(
                                variant.getTreatments(), experiment.getTreatments()))
                .setHardTreatments(
                        Objects.requireNonNullElse(
                                variant.getHardTreatments(), experiment.getHardTreatments()))
                .setSelection(
                        variant.getSelection() == null
                                ? experiment.getSelection()
                                : variant.getSelection())
                .setStudent(
                        Objects.requireNonNullElse(variant.getStudent(), experiment.getStudent()))
                .setRecipe(Objects.requireNonNullElse(variant.getRecipe(), experiment.getRecipe()))
                .build();
    }
}
