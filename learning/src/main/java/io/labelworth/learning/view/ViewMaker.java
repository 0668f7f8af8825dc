package io.labelworth.learning.view;

import io.labelworth.learning.augment.ImageSize;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.random.Seeds;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Makes views of one dataset's images. A view is a function of the image, its id and place, the
 * view number and the seed, and of nothing that comes or goes. Safe to share between threads.
 */
public final class ViewMaker {

    private final Views views;
    private final ImageSize size;
    private final int classes;

    /** Views of images of a dataset. */
    public ViewMaker(Views views, DatasetInfo dataset) {
        this.views = views;
        this.size = new ImageSize(dataset.channels(), dataset.height(), dataset.width());
        this.classes = dataset.classes();
    }

    /** Which views it makes. */
    public Views views() {
        return views;
    }

    /**
     * The image that a view shows a box of; empty where views show one image.
     *
     * <p>Drawn uniformly from the images of all classes whose rank is at most the image's own, the
     * image itself left out: the first ranks of every class then hold the partners of all their
     * images, whatever the budget.
     *
     * @param imageId the image's id
     * @param place where it is
     * @param view number of the view, from 0
     */
    public Optional<ImagePlace> partner(String imageId, ImagePlace place, int view) {
        if (!views.mixes()) {
            return Optional.empty();
        }
        int own = place.rank() * classes + place.imageClass();
        int others = (place.rank() + 1) * classes - 1;
        int drawn = stream("partner", imageId, view).nextInt(others);
        int partner = drawn < own ? drawn : drawn + 1;
        return Optional.of(new ImagePlace(partner % classes, partner / classes));
    }

    /**
     * The raw pixels of a view of an image of which views show nothing else.
     *
     * @param image its raw pixels, channel by channel; they stay as they are
     */
    public byte[] view(String imageId, int view, byte[] image) {
        return cropped("crop", imageId, view, image);
    }

    /**
     * The raw pixels of a view that shows a box of a partner.
     *
     * @param partner raw pixels of the image at {@link #partner}
     */
    public byte[] view(String imageId, int view, byte[] image, byte[] partner) {
        byte[] mixed = cropped("crop", imageId, view, image);
        MixBox.draw(size, stream("box", imageId, view))
                .paste(cropped("partner-crop", imageId, view, partner), mixed, size);
        return mixed;
    }

    private byte[] cropped(String purpose, String imageId, int view, byte[] image) {
        return views.kind().crops()
                ? ResizedCrop.draw(size, views.leastArea(), stream(purpose, imageId, view))
                        .of(image, size)
                : image.clone();
    }

    private UniformRandomProvider stream(String purpose, String imageId, int view) {
        return Seeds.stream(views.seed(), "view/" + purpose + "/" + view + "/" + imageId);
    }
}
