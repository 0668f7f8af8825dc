package io.labelworth.trainer.planner;

import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.LabelTreatments;
import io.labelworth.learning.label.MeanTreatment;
import io.labelworth.learning.label.TreatmentChain;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Experiment;
import java.util.List;
import java.util.Set;

/** The label treatments of an experiment's runs: of hard, single experts' and ensembles' labels. */
final class ExperimentTreatments {

    private final List<LabelTreatment> ofHard;
    private final List<LabelTreatment> ofOne;
    private final List<LabelTreatment> ofEnsembles;

    /**
     * Checks them before any checkpoint has landed.
     *
     * @throws IllegalArgumentException when what they treat is not asked for
     * @throws io.labelworth.learning.label.LabelException when they do not fit each other or the
     *     classes
     */
    ExperimentTreatments(Experiment experiment, int classes) {
        this.ofHard = treatments(experiment.getHardTreatments());
        this.ofEnsembles = treatments(experiment.getTreatments());
        // The mean of one is itself: one cell has one run id.
        this.ofOne = ofEnsembles.stream().filter(t -> !(t instanceof MeanTreatment)).toList();
        if (!experiment.getHardLabels() && !ofHard.isEmpty()) {
            throw new IllegalArgumentException("hardTreatments need hardLabels: true");
        }
        if (experiment.getEnsembles().isEmpty() && ofOne.size() < ofEnsembles.size()) {
            throw new IllegalArgumentException("treatments name a mean, which needs ensembles");
        }
        new TreatmentChain(ofHard, 0, classes, 0);
        new TreatmentChain(ofOne, 1, classes, 0);
        for (List<String> ensemble : experiment.getEnsembles()) {
            if (ensemble.size() < 2 || Set.copyOf(ensemble).size() < ensemble.size()) {
                throw new IllegalArgumentException(
                        "ensembles: " + ensemble + " is not of two different checkpoints or more");
            }
            new TreatmentChain(ofEnsembles, ensemble.size(), classes, 0);
        }
    }

    /** Those of labels that so many labellings give; 0 for hard ones. */
    List<LabelTreatment> of(int labellings) {
        return switch (labellings) {
            case 0 -> ofHard;
            case 1 -> ofOne;
            default -> ofEnsembles;
        };
    }

    private static List<LabelTreatment> treatments(List<Choice> choices) {
        return choices.stream()
                .map(t -> LabelTreatments.of(t.getName(), t.getParameters()))
                .toList();
    }
}
