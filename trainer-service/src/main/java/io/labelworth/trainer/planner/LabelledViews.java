package io.labelworth.trainer.planner;

import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.view.Views;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Optional;

/** What of an image checkpoints label, and what runs need of them. */
final class LabelledViews {

    private static final String IMAGES = "images themselves";

    private LabelledViews() {}

    /**
     * The views that a checkpoint labels; empty where it labels images, and where nobody here knows
     * such views: {@link #mismatch} then says so.
     */
    static Optional<Views> of(ExpertCheckpoint checkpoint) {
        try {
            return Optional.ofNullable(checkpoint.getViews())
                    .map(views -> Views.of(views.getName(), views.getParameters()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Why a run cannot use the labels of a checkpoint; empty when it can.
     *
     * @param checkpoint of a labelling that the run needs
     */
    static Optional<String> mismatch(RunSpec spec, ExpertCheckpoint checkpoint) {
        boolean trainedOn = spec.labellings().contains(checkpoint.getLabellingId());
        boolean selects =
                spec.selection().labelling().equals(Optional.of(checkpoint.getLabellingId()));
        if (selects && checkpoint.getViews() != null) {
            return Optional.of(
                    "selection asks checkpoint "
                            + checkpoint.getCheckpointId()
                            + ", which labels views; take one that labels images");
        }
        String labelled = of(checkpoint).map(Views::text).orElseGet(() -> text(checkpoint));
        String needed = spec.views().map(Views::text).orElse(IMAGES);
        return trainedOn && !labelled.equals(needed)
                ? Optional.of(
                        String.format(
                                "checkpoint %s labels %s, and the run, of regime %s, needs %s",
                                checkpoint.getCheckpointId(), labelled, spec.regime(), needed))
                : Optional.empty();
    }

    /** Of one that labels images, or views that nobody here knows. */
    private static String text(ExpertCheckpoint checkpoint) {
        return checkpoint.getViews() == null ? IMAGES : "unknown " + checkpoint.getViews();
    }
}
