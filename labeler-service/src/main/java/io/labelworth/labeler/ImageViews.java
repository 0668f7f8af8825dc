package io.labelworth.labeler;

import io.labelworth.learning.data.Candidate;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetException;
import io.labelworth.learning.data.ImageException;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.view.ImagePlace;
import io.labelworth.learning.view.ViewMaker;
import io.labelworth.schemas.event.ImageRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the views of images that a labelling is of. */
final class ImageViews {

    private final ViewMaker maker;
    private final Dataset dataset;
    private final ImageStore store;

    /**
     * @param dataset whose images are labelled, and which has the images that views mix in
     */
    ImageViews(ViewMaker maker, Dataset dataset, ImageStore store) {
        this.maker = maker;
        this.dataset = dataset;
        this.store = store;
    }

    /**
     * All views of an image, in order.
     *
     * @param pixels its own raw pixels
     * @throws ImageException when an image that is mixed in cannot be read
     * @throws IllegalArgumentException when views mix images, and it is not where the dataset has
     *     it: whoever trains on the views would mix in others
     */
    List<byte[]> of(ImageRef image, byte[] pixels) throws ImageException {
        if (maker.views().mixes()) {
            requirePlace(image);
        }
        List<byte[]> views = new ArrayList<>(maker.views().count());
        for (int view = 0; view < maker.views().count(); view++) {
            views.add(view(image, view, pixels));
        }
        return views;
    }

    private byte[] view(ImageRef image, int view, byte[] pixels) throws ImageException {
        String id = image.getImageId();
        ImagePlace place = new ImagePlace(image.getImageClass(), image.getRank());
        Optional<ImagePlace> partner = maker.partner(id, place, view);
        return partner.isPresent()
                ? maker.view(id, view, pixels, pixels(partner.get(), pixels.length))
                : maker.view(id, view, pixels);
    }

    private byte[] pixels(ImagePlace place, int bytes) throws ImageException {
        Candidate candidate = dataset.candidate(place.imageClass(), place.rank());
        return store.read(candidate.uri(), candidate.sha256(), bytes);
    }

    private void requirePlace(ImageRef image) {
        try {
            Candidate there = dataset.candidate(image.getImageClass(), image.getRank());
            if (there.imageId().equals(image.getImageId())
                    && there.sha256().equals(image.getSha256())) {
                return;
            }
        } catch (DatasetException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                String.format(
                        "%s is not the image of rank %d in class %d of %s, so its views cannot mix"
                                + " images",
                        image.getImageId(),
                        image.getRank(),
                        image.getImageClass(),
                        dataset.info().version()));
    }
}
