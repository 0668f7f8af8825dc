package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.network.DeviceMemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForwardTest {

    private final List<Integer> passes = new ArrayList<>();

    @Test
    void aPassThatFindsNoMemoryIsHalvedUntilItFitsAndStaysSo() throws Exception {
        Forward forward = new Forward(TestExpert.with(pixels -> fitting(pixels, 3)), 16);

        float[][] logits = forward.logits(images(16));
        forward.logits(images(4));

        assertThat(logits).hasNumberOfRows(16);
        for (int i = 0; i < 16; i++) {
            assertThat(logits[i]).as("row %d", i).containsExactly(i);
        }
        // 16, 8 and 4 do not fit; then eight of 2; then 4 are two of 2, without another try.
        assertThat(passes).containsExactly(16, 8, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2);
    }

    @Test
    void aCheckpointThatHasNoMemoryForOneImageIsRefused() {
        Forward forward = new Forward(TestExpert.with(pixels -> fitting(pixels, 0)), 4);

        assertThatThrownBy(() -> forward.logits(images(4)))
                .isInstanceOfSatisfying(
                        CheckpointRefusedException.class,
                        refused -> assertThat(refused.kind()).isEqualTo("out-of-memory"));
    }

    @Test
    void passesOfABatchAreOfOneSize() throws Exception {
        new Forward(TestExpert.with(pixels -> fitting(pixels, 100)), 8).logits(images(9));

        assertThat(passes).containsExactly(5, 4);
    }

    @Test
    void aNetworkThatFailsOnceIsTriedAgain() throws Exception {
        Forward forward =
                new Forward(
                        TestExpert.with(
                                pixels -> {
                                    passes.add(pixels.size());
                                    if (passes.size() == 1) {
                                        throw new IllegalStateException("a hiccup");
                                    }
                                    return new float[pixels.size()][1];
                                }),
                        8);

        assertThat(forward.logits(images(2))).hasNumberOfRows(2);
    }

    @Test
    void aNetworkThatFailsTwiceConcernsTheCheckpointNotItsImages() {
        Forward forward =
                new Forward(
                        TestExpert.with(
                                pixels -> {
                                    throw new IllegalStateException("sizes do not match");
                                }),
                        8);

        assertThatThrownBy(() -> forward.logits(images(1)))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessage("sizes do not match");
    }

    private float[][] fitting(List<byte[]> pixels, int most) {
        passes.add(pixels.size());
        if (pixels.size() > most) {
            throw new DeviceMemoryException("no memory", new IllegalStateException());
        }
        return pixels.stream().map(image -> new float[] {image[0]}).toArray(float[][]::new);
    }

    private static List<ImageInput> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ImageInput("image-" + i, new byte[] {(byte) i}))
                .toList();
    }
}
