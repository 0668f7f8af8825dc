package io.labelworth.learning.label;

import java.util.Map;

/**
 * A change made to a run's labels, or to which images it has, between the log and the student, so
 * that no relabelling is needed. What a treatment acts on is its type; {@link TreatmentChain}
 * applies several in the order of the run's spec. Safe to share between threads.
 */
public sealed interface LabelTreatment
        permits LogitTreatment, ProbabilityTreatment, RandomTreatment, MeanTreatment, RemoveClass {

    /** Name in specs and events, for example temperature. */
    String name();

    /**
     * Parameters by name, as text, those at their default left out; {@link LabelTreatments#of}
     * takes them back.
     */
    Map<String, String> parameters();

    /**
     * Whether it can only be made of every logit: a codec that stores the largest alone keeps the
     * right probabilities of these, but not what they become by this treatment.
     */
    boolean needsWholeVector();

    /**
     * Checks what depends on the dataset.
     *
     * @throws LabelException when the parameters are not for labels of that many classes; names the
     *     range
     */
    default void requireClasses(int classes) {}
}
