package io.labelworth.learning.network;

import io.labelworth.learning.random.Seeds;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Fresh weights as PyTorch makes them: by default, convolutions and linear layers uniform within
 * 1/sqrt(fan-in) (kaiming_uniform with a = sqrt(5)), norms at weight 1 and bias 0; the convolutions
 * of a ResNet normal with variance 2/fan-out (torchvision's kaiming_normal).
 */
public final class Initialisation {

    private Initialisation() {}

    /** Weights of {@code shape} under {@code seed}, by state_dict name. */
    public static Map<String, FloatTensor> weights(StateDictShape shape, long seed) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (Parameter parameter : shape.parameters()) {
            float[] values = new float[parameter.size()];
            UniformRandomProvider random = Seeds.stream(seed, "initialisation/" + parameter.name());
            switch (parameter.initial()) {
                case UNIFORM -> uniform(values, parameter.fan(), random);
                case NORMAL -> normal(values, parameter.fan(), random);
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

    /** Box and Muller's normal numbers: StrictMath gives the same bits on every machine. */
    private static void normal(float[] values, int fanOut, UniformRandomProvider random) {
        double std = StrictMath.sqrt(2.0 / fanOut);
        for (int i = 0; i < values.length; i++) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            values[i] = (float) (std * radius * StrictMath.cos(angle));
        }
    }
}
