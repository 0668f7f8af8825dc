package io.labelworth.learning.network;

/**
 * Scale and shift of a norm with their gradients, one value per channel, shared with {@link
 * NormReluPool}, which reads the one and adds to the other.
 */
record NormParameters(float[] gamma, float[] beta, float[] gammaGradient, float[] betaGradient) {

    NormParameters(int channels) {
        this(new float[channels], new float[channels], new float[channels], new float[channels]);
    }
}
