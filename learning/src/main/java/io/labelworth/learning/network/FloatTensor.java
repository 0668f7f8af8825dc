package io.labelworth.learning.network;

import java.util.List;

/**
 * Float32 values with a shape, in row-major order.
 *
 * @param shape lengths of the dimensions; their product is the number of values
 * @param values the values; not copied
 */
public record FloatTensor(List<Integer> shape, float[] values) {

    /** Checks that the shape fits the values. */
    public FloatTensor {
        shape = List.copyOf(shape);
        long size = 1;
        for (int length : shape) {
            size *= length;
        }
        if (size != values.length) {
            throw new ModelException(values.length + " values do not have the shape " + shape);
        }
    }
}
