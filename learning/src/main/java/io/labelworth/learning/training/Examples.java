package io.labelworth.learning.training;

import io.labelworth.learning.data.Split;
import io.labelworth.learning.label.SoftLabels;

/** What a network is trained on: raw pixels and targets, numbered from 0. */
interface Examples {

    int size();

    /** Raw pixels of example {@code i}; the caller does not change them. */
    byte[] pixels(int i);

    /** Target of example {@code i}, one value per class; the caller does not change it. */
    float[] target(int i);

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
            public byte[] pixels(int i) {
                split.pixels(i, buffer, 0);
                return buffer;
            }

            @Override
            public float[] target(int i) {
                return oneHot[split.imageClass(i)];
            }
        };
    }

    /** The images of a distilled set with their targets. */
    static Examples of(TrainingSet set) {
        return new Examples() {
            @Override
            public int size() {
                return set.targets().length;
            }

            @Override
            public byte[] pixels(int i) {
                return set.pixels().get(i);
            }

            @Override
            public float[] target(int i) {
                return set.targets()[i];
            }
        };
    }
}
