package io.labelworth.learning.training;

import io.labelworth.learning.data.Split;
import io.labelworth.learning.label.SoftLabels;

/**
 * What a network is trained on: raw pixels and targets, numbered from 0. An array that is given is
 * the example's until the next one is asked for. Used by one thread at a time.
 */
interface Examples {

    int size();

    /**
     * Raw pixels of example {@code i}; the caller does not change them.
     *
     * @param pass passes over the examples before this one
     */
    byte[] pixels(int i, int pass);

    /**
     * Target of example {@code i}, one value per class; the caller does not change it.
     *
     * @param pass passes over the examples before this one
     */
    float[] target(int i, int pass);

    /** The images of a split with their classes as targets. */
    static Examples hard(Split split, int imageBytes, int classes) {
        float[][] oneHot = new float[classes][];
        for (int c = 0; c < classes; c++) {
            oneHot[c] = SoftLabels.oneHot(c, classes);
        }
        byte[] buffer = new byte[imageBytes];
        return new Examples() {
            @Override
            public int size() {
                return split.size();
            }

            @Override
            public byte[] pixels(int i, int pass) {
                split.pixels(i, buffer, 0);
                return buffer;
            }

            @Override
            public float[] target(int i, int pass) {
                return oneHot[split.imageClass(i)];
            }
        };
    }

    /** The images of a distilled set with their targets, each pass in the next view. */
    static Examples of(TrainingSet set) {
        byte[] pixels = new byte[set.pixels().imageBytes()];
        float[] target = new float[set.targets().classes()];
        return new Examples() {
            @Override
            public int size() {
                return set.size();
            }

            @Override
            public byte[] pixels(int i, int pass) {
                set.pixels().read(i, pass % set.views(), pixels);
                return pixels;
            }

            @Override
            public float[] target(int i, int pass) {
                set.targets().target(i, pass % set.views(), target);
                return target;
            }
        };
    }
}
