package io.labelworth.learning.training;

/** Is told how an expert's training goes, on the training thread. */
public interface ExpertListener {

    /** Step {@code step} of {@code steps} was taken. */
    void onStep(int step, int steps, double loss);

    /** A checkpoint and its card are in place. */
    void onCheckpoint(CheckpointFile checkpoint);
}
