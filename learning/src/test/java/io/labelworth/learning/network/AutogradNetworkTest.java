package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.random.Seeds;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class AutogradNetworkTest {

    private static final int IMAGES = 5;
    private static final ConvNetShape SHAPE = new ConvNetShape(2, 6, 3, 9, 11, 4);
    private static final LogitGradient LOSS =
            (image, logits, gradient) -> {
                for (int c = 0; c < gradient.length; c++) {
                    gradient[c] = logits[c] - (c == image % gradient.length ? 1 : 0);
                }
            };

    /** What GPUs run, on the processor; PyTorch judges the other one. */
    @Test
    void instanceNormHasTheGradientsThatTheFusedConvNetHas() {
        // Given
        Map<String, FloatTensor> weights = Initialisation.weights(SHAPE, 2);
        try (TrainableNetwork fused = TrainableNetwork.of(SHAPE, weights, ComputeDevice.CPU);
                TrainableNetwork autograd = AutogradNetwork.on(ComputeDevice.CPU, SHAPE, weights)) {
            assertThat(fused).isInstanceOf(ConvNet.class);

            // When
            float[] expected = gradients(fused, 1);
            float[] actual = gradients(autograd, 1);

            // Then
            assertThat(actual).containsExactly(expected, within(1e-5f));
        }
    }

    @Test
    void gradientsAddUpUntilTheyAreTaken() {
        try (TrainableNetwork network =
                AutogradNetwork.on(ComputeDevice.CPU, SHAPE, Initialisation.weights(SHAPE, 2))) {
            // When
            float[] once = gradients(network, 1);
            float[] twice = gradients(network, 2);
            float[] none = gradients(network, 0);

            // Then
            for (int i = 0; i < once.length; i++) {
                assertThat(twice[i]).isEqualTo(2 * once[i]);
            }
            assertThat(none).containsOnly(0f);
        }
    }

    @Test
    void weightsThatDoNotFitAreRefused() {
        Map<String, FloatTensor> weights = Initialisation.weights(SHAPE, 2);
        ConvNetShape other =
                new ConvNetShape(2, 6, 3, 9, 11, 4, new StageNorm(StageNorm.Kind.BATCH, 0));

        assertThatThrownBy(() -> TrainableNetwork.of(other, weights, ComputeDevice.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("features.1.running_mean");
    }

    private static float[] gradients(TrainableNetwork network, int batches) {
        float[] batch = new float[IMAGES * SHAPE.inputFloats()];
        UniformRandomProvider random = Seeds.stream(1, "test");
        for (int i = 0; i < batch.length; i++) {
            batch[i] = random.nextFloat() - 0.5f;
        }
        for (int b = 0; b < batches; b++) {
            network.train(batch, IMAGES, LOSS);
        }
        float[] gradients = new float[network.parameterFloats()];
        network.takeGradients(gradients, new float[gradients.length]);
        return gradients;
    }
}
