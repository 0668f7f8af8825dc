package io.labelworth.learning.training;

import io.labelworth.learning.random.Seeds;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Batches of a set without end: each pass in a new order, the last batch of a pass may be smaller.
 */
final class Batches {

    private final int batchSize;
    private final UniformRandomProvider random;
    private final int[] order;
    private int next;
    private int pass;

    Batches(int size, int batchSize, UniformRandomProvider random) {
        this.batchSize = batchSize;
        this.random = random;
        order = Seeds.permutation(size, random);
    }

    /** Numbers of the examples of the next batch. */
    int[] next() {
        if (next == order.length) {
            Seeds.shuffle(order, random);
            next = 0;
            pass++;
        }
        int end = Math.min(order.length, next + batchSize);
        int[] batch = Arrays.copyOfRange(order, next, end);
        next = end;
        return batch;
    }

    /** Passes over the set before the one that the latest batch belongs to. */
    int pass() {
        return pass;
    }
}
