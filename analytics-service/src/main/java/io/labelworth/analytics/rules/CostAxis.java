package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.AccuracySummary;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a distilled set costs; there is one frontier for each. */
public enum CostAxis {
    /** Images per class: the budget of the paper. */
    IMAGES(AccuracySummary::getImagesPerClass),
    /** Stored bytes of images and labels: soft labels of many classes outweigh their images. */
    BYTES(AccuracySummary::getBytes),
    /** Multiply-accumulates of training the student. */
    COMPUTE(AccuracySummary::getStudentCompute);

    private final ToDoubleFunction<AccuracySummary> cost;

    CostAxis(ToDoubleFunction<AccuracySummary> cost) {
        this.cost = cost;
    }

    /** Cost of a configuration on this axis. */
    public double cost(AccuracySummary summary) {
        return cost.applyAsDouble(summary);
    }

    /** Name in events and keys. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
