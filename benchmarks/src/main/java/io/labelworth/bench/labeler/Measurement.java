package io.labelworth.bench.labeler;

import java.util.Locale;

/** What can be measured of the labeler. */
public enum Measurement {
    /** From topic to committed label, over the bare forward pass. */
    PIPELINE,
    /** The bare forward pass over PyTorch's. */
    FORWARD,
    /** The pipeline with a network that costs nothing. */
    TRANSPORT,
    /** Two labelers over one. */
    TWO_PROCESS,
    /** Resident memory over many checkpoints. */
    MEMORY;

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
