package io.labelworth.learning.label;

/** What every codec asks of logits and payloads. */
final class Logits {

    private Logits() {}

    /** Refuses a logit that no label may hold. */
    static void requireFinite(float logit) {
        if (!(Math.abs(logit) <= Float.MAX_VALUE)) {
            throw new LabelException(
                    "a logit is " + logit + ", no finite number; use another checkpoint");
        }
    }

    /** Refuses a payload that is not as long as {@code codec} makes it. */
    static void requireLength(byte[] payload, LabelCodec codec, int classes) {
        if (payload.length != codec.bytes(classes)) {
            throw new LabelException(
                    String.format(
                            "%d bytes are no %s label of %d classes",
                            payload.length, codec.text(), classes));
        }
    }
}
