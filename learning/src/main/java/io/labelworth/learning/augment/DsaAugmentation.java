package io.labelworth.learning.augment;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Differentiable siamese augmentation in its single mode (PAPER, "Recipe of the reference"): each
 * batch draws one of six families with equal chance and applies it to all its images, each image
 * with parameters of its own. Works on normalised images; what comes in from outside is zero.
 */
public final class DsaAugmentation implements Augmentation {

    private final int floats;
    private final UniformRandomProvider random;
    private final List<Family> families;

    /** Augmentation of images of {@code size}, all its choices drawn from {@code random}. */
    public DsaAugmentation(ImageSize size, UniformRandomProvider random) {
        this.floats = size.floats();
        this.random = random;
        families =
                List.of(
                        new Colour(size),
                        new Crop(size),
                        new Cutout(size),
                        new Flip(size),
                        new Scale(size),
                        new Rotate(size));
    }

    @Override
    public void apply(float[] batch, int images) {
        Family family = families.get(random.nextInt(families.size()));
        for (int i = 0; i < images; i++) {
            family.apply(batch, i * floats, random);
        }
    }
}
