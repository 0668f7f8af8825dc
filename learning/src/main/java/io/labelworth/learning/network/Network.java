package io.labelworth.learning.network;

/** A network ready to run, without gradients. Used by one thread at a time. */
interface Network extends AutoCloseable {

    /** Input and output. */
    NetworkShape shape();

    /** Images that go through it at once; a larger batch goes in several passes. */
    int imagesPerPass();

    /**
     * Logits of {@code images} normalised images.
     *
     * @param batch the images one after the other, channel by channel
     * @return one row per image, one logit per class
     * @throws ModelException when libtorch cannot run the network on them
     * @throws DeviceMemoryException when the device has too little memory left for so many
     */
    float[][] logits(float[] batch, int images);

    /** Bytes of native and device memory for weights and the buffers of one pass; estimated. */
    long bytesHeld();

    @Override
    void close();
}
