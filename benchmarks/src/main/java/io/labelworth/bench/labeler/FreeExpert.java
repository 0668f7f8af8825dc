package io.labelworth.bench.labeler;

import io.labelworth.learning.network.Architecture;

/**
 * A network that costs next to nothing, so that what is measured is everything around it: one stage
 * of one channel.
 */
final class FreeExpert {

    private static final int DEPTH = 1;
    private static final int WIDTH = 1;

    private FreeExpert() {}

    /** Its architecture. */
    static Architecture architecture(int classes) {
        return BenchExpert.network(DEPTH, WIDTH, classes);
    }
}
