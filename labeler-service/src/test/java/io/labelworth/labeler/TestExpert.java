package io.labelworth.labeler;

import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Images of one pixel, 0 to 3; the network doubles the pixel, and fails to for pixel 3. */
final class TestExpert {

    static final ExpertCheckpoint CHECKPOINT = Announcements.checkpoint("expert", "a".repeat(64));

    private TestExpert() {}

    static Expert with(Function<List<byte[]>, float[][]> network) {
        return new Expert(CHECKPOINT, LabelCodecs.parse("fp32"), 1, 2, 0, network, () -> {});
    }

    static float[][] doubled(List<byte[]> pixels) {
        List<float[]> logits = new ArrayList<>();
        for (byte[] image : pixels) {
            logits.add(new float[] {0, image[0] == 3 ? Float.NaN : 2 * image[0]});
        }
        return logits.toArray(float[][]::new);
    }

    static void writeImages(Path root) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(20);
        file.putInt(0x803).putInt(4).putInt(1).putInt(1).put(new byte[] {0, 1, 2, 3});
        Files.write(root.resolve("images"), file.array());
    }

    static ImageRef.Builder ref(int pixel) {
        return ImageRef.newBuilder()
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSplit("train")
                .setImageId("image-" + pixel)
                .setUri("images#" + pixel)
                .setSha256(Sha256.of(new byte[] {(byte) pixel}))
                .setImageClass(1)
                .setRank(pixel);
    }
}
