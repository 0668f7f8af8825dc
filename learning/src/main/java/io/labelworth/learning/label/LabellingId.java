package io.labelworth.learning.label;

import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.view.Views;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Identity of a labelling: the hash of everything that decides its logits, and nothing else. */
public final class LabellingId {

    private LabellingId() {}

    /**
     * The id of a labelling of the images themselves, lower-case hexadecimal.
     *
     * @param weightsSha256 hash of the weights file
     * @param datasetVersion version of the dataset labelled
     * @param architecture network the weights belong to, with its input
     * @param preprocessing what happens to raw pixels before the network
     * @param precision arithmetic of the forward pass, for example fp32
     * @param codec how the logits are stored, as text: {@link LabelCodec#text}
     */
    public static String of(
            String weightsSha256,
            String datasetVersion,
            Architecture architecture,
            Preprocessing preprocessing,
            String precision,
            String codec) {
        return of(
                weightsSha256,
                datasetVersion,
                architecture,
                preprocessing,
                precision,
                codec,
                Optional.empty());
    }

    /**
     * The id of a labelling of views of the images, or of the images where {@code views} is empty.
     *
     * @param views what is labelled of each image
     */
    public static String of(
            String weightsSha256,
            String datasetVersion,
            Architecture architecture,
            Preprocessing preprocessing,
            String precision,
            String codec,
            Optional<Views> views) {
        String text =
                String.join(
                                "\n",
                                "labelling/1",
                                weightsSha256,
                                datasetVersion,
                                architecture.toString(),
                                preprocessing.toString(),
                                precision,
                                codec)
                        + views.map(v -> "\n" + v.text()).orElse("");
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
