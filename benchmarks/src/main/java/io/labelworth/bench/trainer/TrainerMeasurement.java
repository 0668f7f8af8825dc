package io.labelworth.bench.trainer;

import java.util.Locale;

/** What can be measured of the trainer. */
public enum TrainerMeasurement {
    /** Two students side by side over PyTorch's. */
    STUDENTS,
    /** Two experts side by side over PyTorch's. */
    EXPERT,
    /** What a step spends outside the network's forward and backward pass. */
    OVERHEAD,
    /** A set of many labels from the view. */
    ASSEMBLY;

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
