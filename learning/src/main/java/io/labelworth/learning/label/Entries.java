package io.labelworth.learning.label;

import java.util.Arrays;

/** What treatments do with the entries of a label. Sums in double, so the same bits everywhere. */
final class Entries {

    private Entries() {}

    /**
     * Classes from the largest entry to the smallest; of equal entries the first class first.
     *
     * @param values 0 or above
     */
    static int[] ranked(float[] values) {
        long[] keys = new long[values.length];
        for (int c = 0; c < values.length; c++) {
            // Bits of numbers that are not negative order as they do; complemented, since sorting
            // is ascending. The class below them decides ties.
            keys[c] = ((long) ~Float.floatToIntBits(values[c]) << Integer.SIZE) | c;
        }
        Arrays.sort(keys);
        int[] ranked = new int[values.length];
        for (int i = 0; i < ranked.length; i++) {
            ranked[i] = (int) keys[i];
        }
        return ranked;
    }

    static void swap(float[] values, int a, int b) {
        float swapped = values[a];
        values[a] = values[b];
        values[b] = swapped;
    }

    static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /** Scaled to sum 1; what is all 0 stays so. */
    static float[] normalised(float[] values) {
        return scaledTo(1, values);
    }

    /** Scaled to another sum; what is all 0 stays so. */
    static float[] scaledTo(double target, float[] values) {
        double sum = sum(values);
        float[] scaled = values.clone();
        for (int c = 0; c < scaled.length && sum > 0; c++) {
            scaled[c] = (float) (values[c] / sum * target);
        }
        return scaled;
    }
}
