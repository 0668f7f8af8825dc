package io.labelworth.learning.network;

import io.labelworth.learning.random.Seeds;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Fresh weights by PyTorch's default initialisation: convolutions and linear layers uniform within
 * 1/sqrt(fan-in) (kaiming_uniform with a = sqrt(5)), norms at weight 1 and bias 0.
 */
public final class Initialisation {

    private Initialisation() {}

    /** Weights of {@code shape} under {@code seed}, by state_dict name. */
    public static Map<String, FloatTensor> weights(ConvNetShape shape, long seed) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (ConvNetShape.Parameter parameter : shape.parameters()) {
            float[] values = new float[parameter.size()];
            switch (parameter.initial()) {
                case UNIFORM -> {
                    String purpose = "initialisation/" + parameter.name();
                    uniform(values, parameter.fanIn(), Seeds.stream(seed, purpose));
                }
                case ONE -> Arrays.fill(values, 1);
                case ZERO -> Arrays.fill(values, 0);
            }
            weights.put(parameter.name(), new FloatTensor(parameter.shape(), values));
        }
        return weights;
    }

    private static void uniform(float[] values, int fanIn, UniformRandomProvider random) {
        double bound = 1 / StrictMath.sqrt(fanIn);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }
}
