package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The logits of an image are the same to the last bit, whatever is labelled with it. */
class ImageCompanyTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    FP32 | convnet(depth=3,width=32,channels=1,imageHeight=28,imageWidth=28,classes=10)
                    FP32 | convnet(depth=3,width=13,channels=3,imageHeight=32,imageWidth=32,classes=100)
                    FP32 | convnet(depth=2,width=128,channels=3,imageHeight=17,imageWidth=21,classes=7)
                    BF16 | convnet(depth=3,width=32,channels=1,imageHeight=28,imageWidth=28,classes=10)
                    FP32 | resnet(depth=18,stem=small,width=8,channels=1,imageHeight=28,imageWidth=28,classes=10)
                    FP32 | resnet(depth=50,stem=imagenet,width=4,channels=3,imageHeight=32,imageWidth=32,classes=37)
                    BF16 | resnet(depth=18,stem=small,width=8,channels=1,imageHeight=28,imageWidth=28,classes=10)
                    """)
    void logitsDoNotDependOnTheBatch(Precision precision, String text) {
        // Given
        assumeTrue(precision == Precision.FP32 || ComputeDevice.CPU.hasBf16());
        Architecture architecture = Architecture.parse(text);
        StateDictShape shape = (StateDictShape) NetworkShape.of(architecture);
        Path file = Experts.copy(folder, Safetensors.encode(Initialisation.weights(shape, 3)));
        List<byte[]> images = images(256, shape.inputFloats());
        try (ExpertModel model = Experts.load(file, text, precision)) {
            // When
            float[][] together = model.logits(images);
            List<byte[]> reversed = new ArrayList<>(images);
            Collections.reverse(reversed);
            float[][] backwards = model.logits(reversed);
            float[][] sevens = new float[256][];
            for (int i = 0; i < 70; i += 7) {
                System.arraycopy(model.logits(images.subList(i, i + 7)), 0, sevens, i, 7);
            }

            // Then
            for (int i = 0; i < 256; i++) {
                assertThat(backwards[255 - i]).as("backwards, %d", i).isEqualTo(together[i]);
            }
            for (int i = 0; i < 70; i++) {
                assertThat(sevens[i]).as("in seven, %d", i).isEqualTo(together[i]);
                float[] alone = model.logits(List.of(images.get(i)))[0];
                assertThat(alone).as("alone, %d", i).isEqualTo(together[i]);
            }
        }
    }

    private static List<byte[]> images(int count, int bytes) {
        Random random = new Random(1);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[bytes];
            random.nextBytes(pixels);
            images.add(pixels);
        }
        return images;
    }
}
