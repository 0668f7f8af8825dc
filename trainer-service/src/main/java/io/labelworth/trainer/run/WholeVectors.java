package io.labelworth.trainer.run;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.run.RunSpec;
import java.util.Optional;

/**
 * What cannot be made of labels that were cut to their largest logits. The planner refuses such a
 * run before any worker takes it; assembly goes by the labels themselves.
 */
public final class WholeVectors {

    private WholeVectors() {}

    /**
     * Why a run cannot be made of a labelling's labels; empty where it can.
     *
     * @param labelling one of those that the run needs
     * @param codec how its labels are stored
     */
    public static Optional<String> refusal(RunSpec spec, String labelling, LabelCodec codec) {
        Optional<String> ofSelection =
                spec.selection().labelling().filter(labelling::equals).isPresent()
                        ? refusal("selection " + spec.selection().name(), labelling, codec)
                        : Optional.empty();
        Optional<LabelTreatment> needing =
                spec.labellings().contains(labelling)
                        ? spec.treatments().stream()
                                .filter(LabelTreatment::needsWholeVector)
                                .findFirst()
                        : Optional.empty();
        return ofSelection.or(() -> refusal(needing, labelling, codec));
    }

    /**
     * Why a treatment cannot be made of a labelling's labels; empty where it can.
     *
     * @param needing the first treatment of a run that needs every logit, if there is one
     */
    public static Optional<String> refusal(
            Optional<LabelTreatment> needing, String labelling, LabelCodec codec) {
        return needing.flatMap(t -> refusal("treatment " + t.name(), labelling, codec));
    }

    /** Why something that needs every logit cannot be made of a labelling's labels. */
    public static Optional<String> refusal(String what, String labelling, LabelCodec codec) {
        return codec.wholeVector()
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                "%s needs every logit, and labelling %s is stored as %s; take a"
                                        + " checkpoint that is labelled as fp16",
                                what, labelling, codec.text()));
    }
}
