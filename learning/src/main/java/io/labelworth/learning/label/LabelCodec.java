package io.labelworth.learning.label;

/** How the logits of one image are stored. */
public interface LabelCodec {

    /** Name in events, for example fp16. */
    String name();

    /**
     * The stored form of {@code logits}, one per class.
     *
     * @throws LabelException when a logit is not finite, or the codec cannot hold it
     */
    byte[] encode(float[] logits);

    /**
     * The logits stored in {@code payload}.
     *
     * @throws LabelException when the payload is not that of {@code classes} logits
     */
    float[] decode(byte[] payload, int classes);
}
