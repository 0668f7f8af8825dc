package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.learning.data.DatasetSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    @Test
    void theTextFormReadsBack() {
        // When
        String text = Architecture.convnet(3, 32).toString();

        // Then
        assertThat(text).isEqualTo("convnet(depth=3,width=32)");
        assertThat(Architecture.parse(text)).isEqualTo(Architecture.convnet(3, 32));
    }

    @Test
    void oneNetworkIsOneHoweverItsSizesAreWritten() {
        assertThat(Architecture.parse("convnet(depth=03,width=032)"))
                .isEqualTo(Architecture.convnet(3, 32));
    }

    @Test
    void costIsThatOfConvolutionsAndLinearLayer() {
        // Given: padding 3 makes 28 x 28 grey pixels 32 x 32
        Architecture architecture =
                Architecture.convnet(3, 32).forDataset(DatasetSource.fashionMnist().info());

        // When
        long macs = architecture.macsPerImage();

        // Then
        long stages = 32 * 32 * 32 * 9L + 16 * 16 * 32 * 32 * 9L + 8 * 8 * 32 * 32 * 9L;
        assertThat(macs).isEqualTo(stages + 32 * 4 * 4 * 10);
    }

    @Test
    void parametersCarryTheNamesOfTheReferencesStateDict() {
        // When
        Map<String, FloatTensor> weights =
                Initialisation.weights(new ConvNetShape(3, 32, 1, 28, 28, 10), 1);

        // Then
        assertThat(weights.keySet())
                .containsExactly(
                        "features.0.weight",
                        "features.0.bias",
                        "features.1.weight",
                        "features.1.bias",
                        "features.4.weight",
                        "features.4.bias",
                        "features.5.weight",
                        "features.5.bias",
                        "features.8.weight",
                        "features.8.bias",
                        "features.9.weight",
                        "features.9.bias",
                        "classifier.weight",
                        "classifier.bias");
    }

    @Test
    void freshWeightsAreWithinPytorchsBounds() {
        // When
        Map<String, FloatTensor> weights =
                Initialisation.weights(new ConvNetShape(2, 64, 3, 32, 32, 10), 1);

        // Then: fan-in of the second convolution is 64 x 9
        float[] kernel = weights.get("features.4.weight").values();
        float largest = 0;
        for (float value : kernel) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isBetween(0.99f / 24, 1f / 24);
        assertThat(weights.get("features.5.weight").values()).containsOnly(1f);
        assertThat(weights.get("features.5.bias").values()).containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet(depth=18)",
                "convnet(depth=3)",
                "convnet(depth=0,width=32)",
                "convnet(depth=3,width=many)",
                "convnet(depth=6,width=32)",
                "convnet(depth=3,width=32,dropout=1)"
            })
    void whatIsNoConvNetIsRefusedInOneLine(String text) {
        // Given
        Architecture architecture =
                Architecture.parse(text).forDataset(DatasetSource.fashionMnist().info());

        // Then
        assertThatThrownBy(architecture::validate)
                .isInstanceOf(ModelException.class)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "convnet(", "convnet(depth)", "convnet(depth=3,depth=3)", "a b"})
    void textThatIsNoArchitectureIsRefused(String text) {
        assertThatThrownBy(() -> Architecture.parse(text)).isInstanceOf(ModelException.class);
    }
}
