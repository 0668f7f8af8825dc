package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.data.DatasetSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "18, 1.814, 11689512",
        "34, 3.664, 21797672",
        "50, 4.089, 25557032",
        "101, 7.801, 44549160",
        "152, 11.514, 60192808"
    })
    void resNetsHaveTheCostAndTheParametersThatTorchvisionPublishes(
            int depth, double billions, long parameters) {
        // Given
        Architecture architecture =
                Architecture.parse(
                        "resnet(depth="
                                + depth
                                + ",stem=imagenet,channels=3,imageHeight=224,imageWidth=224,"
                                + "classes=1000)");

        // When
        List<Parameter> tensors = ((StateDictShape) NetworkShape.of(architecture)).parameters();

        // Then: running statistics are no parameters to torchvision
        assertThat(architecture.macsPerImage() / 1e9).isCloseTo(billions, within(0.0006));
        assertThat(
                        tensors.stream()
                                .filter(tensor -> !tensor.name().contains("running"))
                                .mapToLong(Parameter::size)
                                .sum())
                .isEqualTo(parameters);
    }

    @Test
    void aResNetOfTorchvisionsWidthIsOneNetworkWhetherItSaysSoOrNot() {
        assertThat(Architecture.parse("resnet(depth=18,stem=small,width=064)"))
                .isEqualTo(Architecture.parse("resnet(depth=18,stem=small)"));
    }

    @Test
    void thePapersNormIsOneNetworkWhetherItSaysSoOrNot() {
        assertThat(Architecture.parse("convnet(depth=3,width=32,norm=instance)"))
                .isEqualTo(Architecture.convnet(3, 32));
        assertThat(Architecture.parse("convnet(depth=3,width=32,norm=group-32)"))
                .isEqualTo(Architecture.convnet(3, 32));
        assertThat(Architecture.parse("convnet(depth=3,width=32,norm=group-8)"))
                .isNotEqualTo(Architecture.convnet(3, 32));
    }

    @Test
    void theCostOfATorchScriptModuleIsNotKnown() {
        Architecture architecture =
                Architecture.parse("torchscript").forDataset(DatasetSource.fashionMnist().info());

        architecture.validate();

        assertThatThrownBy(architecture::macsPerImage)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("can be an expert only");
        assertThatThrownBy(architecture::requireTrainable).isInstanceOf(ModelException.class);
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
                "convnet(depth=3,width=32,dropout=1)",
                "convnet(depth=3,width=32,norm=weight)",
                "convnet(depth=3,width=32,norm=group-5)",
                "convnet(depth=3,width=32,norm=group-0)",
                "convnet(depth=3,width=32,norm=group-08)",
                "resnet(depth=18,stem=small,norm=group-8)",
                "resnet(depth=20,stem=small)",
                "resnet(depth=18,stem=large)",
                "resnet(depth=18,stem=small,width=0)",
                "torchscript(depth=3)",
                "vit"
            })
    void whatIsNoNetworkIsRefusedInOneLine(String text) {
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
