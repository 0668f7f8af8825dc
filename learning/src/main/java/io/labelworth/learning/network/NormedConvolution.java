package io.labelworth.learning.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A convolution without bias and the batch norm behind it, as a ResNet has them.
 *
 * @param convolution module name of the convolution
 * @param norm module name of the batch norm
 * @param inputs channels that go in
 * @param outputs channels that come out
 * @param kernel rows and columns of the kernel, odd
 * @param stride pixels from one output to the next
 * @param rows of the output
 * @param columns of the output
 */
record NormedConvolution(
        String convolution,
        String norm,
        int inputs,
        int outputs,
        int kernel,
        int stride,
        int rows,
        int columns) {

    int padding() {
        return kernel / 2;
    }

    long macs() {
        return (long) rows * columns * outputs * inputs * kernel * kernel;
    }

    /** Floats of its output for one image. */
    long outputFloats() {
        return (long) rows * columns * outputs;
    }

    /** Its tensors, in the order of the state_dict. */
    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(
                new Parameter(
                        convolution + ".weight",
                        List.of(outputs, inputs, kernel, kernel),
                        Parameter.Initial.NORMAL,
                        outputs * kernel * kernel));
        parameters.addAll(Parameter.ofBatchNorm(norm, outputs));
        return parameters;
    }
}
