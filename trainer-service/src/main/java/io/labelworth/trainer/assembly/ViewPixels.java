package io.labelworth.trainer.assembly;

import io.labelworth.learning.training.Pixels;
import io.labelworth.learning.view.ImagePlace;
import io.labelworth.learning.view.ViewMaker;
import io.labelworth.trainer.run.RunFailedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The views of a set's images, made of the set alone: what a view mixes in is an image of the set
 * too, so that a budget is all that a student sees. Views of small sets are kept once they are
 * made.
 */
final class ViewPixels implements Pixels {

    private static final int NONE = -1;

    private final Pixels images;
    private final ViewMaker maker;
    private final String[] imageIds;
    private final int[] partners;
    private final byte[][] kept;
    private final byte[] image;
    private final byte[] partner;

    /**
     * @param images pixels of the images themselves
     * @param imageIds by place in training order
     * @param places where the dataset has the images
     * @param mostKeptBytes largest set whose views are kept
     * @throws RunFailedException when a view mixes in an image that is not in the set
     */
    ViewPixels(
            Pixels images,
            ViewMaker maker,
            String[] imageIds,
            List<ImagePlace> places,
            long mostKeptBytes) {
        this.images = images;
        this.maker = maker;
        this.imageIds = imageIds;
        this.partners = partners(maker, imageIds, places);
        boolean keep = (long) partners.length * images.imageBytes() <= mostKeptBytes;
        this.kept = keep ? new byte[partners.length][] : null;
        this.image = new byte[images.imageBytes()];
        this.partner = new byte[images.imageBytes()];
    }

    private static int[] partners(ViewMaker maker, String[] imageIds, List<ImagePlace> places) {
        Map<ImagePlace, Integer> inSet = new HashMap<>();
        for (int i = 0; i < imageIds.length; i++) {
            inSet.put(places.get(i), i);
        }
        int count = maker.views().count();
        int[] partners = new int[imageIds.length * count];
        for (int i = 0; i < imageIds.length; i++) {
            for (int view = 0; view < count; view++) {
                Optional<ImagePlace> place = maker.partner(imageIds[i], places.get(i), view);
                partners[i * count + view] = place.isEmpty() ? NONE : place(inSet, place.get());
            }
        }
        return partners;
    }

    private static int place(Map<ImagePlace, Integer> inSet, ImagePlace partner) {
        Integer place = inSet.get(partner);
        if (place == null) {
            throw new RunFailedException(
                    String.format(
                            "a view mixes in the image of rank %d in class %d, which is not in the"
                                    + " set; take the first ranks of every class (no selection,"
                                    + " subset seed 0), or views that are crops",
                            partner.rank(), partner.imageClass()));
        }
        return place;
    }

    @Override
    public int size() {
        return imageIds.length;
    }

    @Override
    public int imageBytes() {
        return images.imageBytes();
    }

    @Override
    public int views() {
        return maker.views().count();
    }

    @Override
    public void read(int place, int view, byte[] into) {
        int slot = place * views() + view;
        byte[] made = kept == null ? null : kept[slot];
        if (made == null) {
            made = made(place, view, partners[slot]);
            if (kept != null) {
                kept[slot] = made;
            }
        }
        System.arraycopy(made, 0, into, 0, made.length);
    }

    private byte[] made(int place, int view, int partnerPlace) {
        images.read(place, 0, image);
        if (partnerPlace == NONE) {
            return maker.view(imageIds[place], view, image);
        }
        images.read(partnerPlace, 0, partner);
        return maker.view(imageIds[place], view, image, partner);
    }
}
