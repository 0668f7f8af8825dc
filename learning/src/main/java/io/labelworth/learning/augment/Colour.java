package io.labelworth.learning.augment;

import org.apache.commons.rng.UniformRandomProvider;

/** Brightness, then saturation (nothing for one channel), then contrast. */
record Colour(ImageSize size) implements Family {

    @Override
    public void apply(float[] batch, int start, UniformRandomProvider random) {
        brightness(batch, start, random.nextFloat());
        if (size.channels() > 1) {
            saturation(batch, start, random.nextFloat());
        }
        contrast(batch, start, random.nextFloat());
    }

    /** x + (u - 0.5). */
    void brightness(float[] batch, int start, float u) {
        float shift = u - 0.5f;
        for (int i = start; i < start + size.floats(); i++) {
            batch[i] += shift;
        }
    }

    /** (x - m) * 2u + m, m the pixel's mean over channels. */
    void saturation(float[] batch, int start, float u) {
        for (int pixel = start; pixel < start + size.plane(); pixel++) {
            double sum = 0;
            for (int c = 0; c < size.channels(); c++) {
                sum += batch[pixel + c * size.plane()];
            }
            float mean = (float) (sum / size.channels());
            for (int c = 0; c < size.channels(); c++) {
                int i = pixel + c * size.plane();
                batch[i] = (batch[i] - mean) * 2 * u + mean;
            }
        }
    }

    /** (x - m) * (u + 0.5) + m, m the mean of the image. */
    void contrast(float[] batch, int start, float u) {
        double sum = 0;
        for (int i = start; i < start + size.floats(); i++) {
            sum += batch[i];
        }
        float mean = (float) (sum / size.floats());
        float factor = u + 0.5f;
        for (int i = start; i < start + size.floats(); i++) {
            batch[i] = (batch[i] - mean) * factor + mean;
        }
    }
}
