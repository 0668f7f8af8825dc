package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.event.ImageRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An image reference whose pixels were read and checked.
 *
 * @param claim claim it was read under
 * @param record the reference
 * @param views what of it is labelled, in order: itself, or views of it
 * @param retry request to try it again after it failed; empty on its first try
 */
record Image(
        Claim claim,
        ConsumerRecord<String, Decoded<ImageRef>> record,
        List<View> views,
        Optional<RetryRequest> retry) {

    /**
     * What is labelled.
     *
     * @param number of the view; empty for the image itself
     * @param labelKey key its label will have
     * @param pixels raw pixels, channel by channel
     */
    record View(OptionalInt number, String labelKey, byte[] pixels) {}

    ImageRef reference() {
        return record.value().value();
    }

    /** What the expert is given of images, one after the other. */
    static List<ImageInput> inputs(List<Image> images) {
        return images.stream().flatMap(Image::inputs).toList();
    }

    private Stream<ImageInput> inputs() {
        String id = reference().getImageId();
        return views.stream().map(view -> new ImageInput(id, view.pixels()));
    }
}
