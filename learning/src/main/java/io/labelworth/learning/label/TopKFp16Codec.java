package io.labelworth.learning.label;

import io.labelworth.learning.text.Decimals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * The k largest logits as fp16 with their classes, and the mass of the others in one number, so
 * that softmax at temperature 1 gives the kept classes what the whole vector would. Of equal logits
 * the first classes are kept.
 *
 * <p>The payload, little-endian:
 *
 * <ul>
 *   <li>4 bytes: binary32, the log-sum-exp (natural) of the logits not kept;
 *   <li>k classes, ascending: 1 byte each for up to 256 classes, else 2 bytes, unsigned;
 *   <li>k times 2 bytes: binary16, their logits, in the same order.
 * </ul>
 *
 * <p>A decoded label has the kept logits, and for every other class an equal share of the rest's
 * mass. With d the largest error of a kept logit (see {@link Fp16Codec}) and m the probability of
 * all classes not kept: a kept class's probability differs by at most tanh(d / 2); another's by at
 * most that and the largest probability not kept; KL(p || p') is at most d&sup2; / 2 + m
 * log(classes - k). Treatments that need the whole vector are refused: at another temperature the
 * rest's mass would be another.
 *
 * @param k logits kept, 1 to classes - 1
 */
record TopKFp16Codec(int k) implements LabelCodec {

    static final String NAME = "topk-fp16";
    static final String KEPT = "k";

    private static final VarHandle REST =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CLASSES_OF_A_BYTE = 256;
    private static final int MOST_CLASSES = 65_536;

    /** The codec whose parameter k is {@code text}. */
    static TopKFp16Codec of(String text) {
        try {
            int k = Decimals.integer(text);
            if (k >= 1 && k < MOST_CLASSES) {
                return new TopKFp16Codec(k);
            }
        } catch (NumberFormatException e) {
            throw new LabelException(NAME + ": k is \"" + text + "\", not a whole number", e);
        }
        throw new LabelException(
                NAME + ": k is " + text + "; it must be 1 to " + (MOST_CLASSES - 1));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(KEPT, Integer.toString(k));
    }

    @Override
    public int bytes(int classes) {
        if (k >= classes || classes > MOST_CLASSES) {
            throw new LabelException(
                    String.format(
                            "%s is not for %d classes; k must be 1 to classes - 1, and classes %d"
                                    + " at most",
                            text(), classes, MOST_CLASSES));
        }
        return Float.BYTES + k * (classBytes(classes) + Short.BYTES);
    }

    @Override
    public boolean wholeVector() {
        return false;
    }

    @Override
    public byte[] encode(float[] logits) {
        byte[] payload = new byte[bytes(logits.length)];
        for (float logit : logits) {
            Logits.requireFinite(logit);
        }
        boolean[] kept = Largest.of(logits, k);
        double[] rest = new double[logits.length - k];
        int width = classBytes(logits.length);
        int keptSoFar = 0;
        for (int c = 0; c < logits.length; c++) {
            if (kept[c]) {
                putClass(payload, width, keptSoFar, c);
                Fp16Codec.put(payload, logitOffset(width, keptSoFar), logits[c]);
                keptSoFar++;
            } else {
                rest[c - keptSoFar] = logits[c];
            }
        }
        REST.set(payload, 0, (float) Exp.logOfSum(rest));
        return payload;
    }

    @Override
    public float[] decode(byte[] payload, int classes) {
        Logits.requireLength(payload, this, classes);
        int width = classBytes(classes);
        int[] keptClasses = new int[k];
        float[] keptLogits = new float[k];
        float smallest = Float.MAX_VALUE;
        for (int i = 0; i < k; i++) {
            keptClasses[i] = getClass(payload, width, i);
            keptLogits[i] = Fp16Codec.get(payload, logitOffset(width, i));
            smallest = Math.min(smallest, keptLogits[i]);
            if (keptClasses[i] >= classes || i > 0 && keptClasses[i] <= keptClasses[i - 1]) {
                throw new LabelException(
                        text() + ": the classes kept are not ascending and below " + classes);
            }
        }
        float[] logits = new float[classes];
        Arrays.fill(logits, share((float) REST.get(payload, 0), classes - k, smallest));
        for (int i = 0; i < k; i++) {
            logits[keptClasses[i]] = keptLogits[i];
        }
        return logits;
    }

    /**
     * The logit of each class not kept: the mean of their exponentials, so at most the smallest
     * kept, but for the rounding of that.
     */
    private float share(float rest, int others, float smallestKept) {
        Logits.requireFinite(rest);
        double share = rest - StrictMath.log(others);
        double rounding = Math.abs(smallestKept) * 0x1p-10 + Math.abs(rest) * 0x1p-22 + 0x1p-20;
        if (share > smallestKept + rounding) {
            throw new LabelException(text() + ": a logit not kept is larger than one that is");
        }
        return (float) Math.min(share, smallestKept);
    }

    private static int classBytes(int classes) {
        return classes <= CLASSES_OF_A_BYTE ? 1 : 2;
    }

    private int logitOffset(int width, int i) {
        return Float.BYTES + k * width + i * Short.BYTES;
    }

    private static void putClass(byte[] payload, int width, int i, int imageClass) {
        int offset = Float.BYTES + i * width;
        payload[offset] = (byte) imageClass;
        if (width > 1) {
            payload[offset + 1] = (byte) (imageClass >>> Byte.SIZE);
        }
    }

    private static int getClass(byte[] payload, int width, int i) {
        int offset = Float.BYTES + i * width;
        int low = Byte.toUnsignedInt(payload[offset]);
        return width > 1 ? low | Byte.toUnsignedInt(payload[offset + 1]) << Byte.SIZE : low;
    }
}
