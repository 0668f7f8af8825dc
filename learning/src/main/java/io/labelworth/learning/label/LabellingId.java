package io.labelworth.learning.label;

import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.Preprocessing;
import java.nio.charset.StandardCharsets;

/** Identity of a labelling: the hash of everything that decides its logits, and nothing else. */
public final class LabellingId {

    private LabellingId() {}

    /**
     * The labelling id, lower-case hexadecimal.
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
        String text =
                String.join(
                        "\n",
                        "labelling/1",
                        weightsSha256,
                        datasetVersion,
                        architecture.toString(),
                        preprocessing.toString(),
                        precision,
                        codec);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
