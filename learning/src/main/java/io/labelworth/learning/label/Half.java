package io.labelworth.learning.label;

/** IEEE 754 binary16, which Java has from version 20 on only. */
public final class Half {

    private static final int FLOAT_FRACTION_BITS = 23;
    private static final int HALF_FRACTION_BITS = 10;
    private static final int FLOAT_BIAS = 127;
    private static final int HALF_BIAS = 15;
    private static final int HALF_INFINITY = 0x7C00;
    private static final int SHIFT = FLOAT_FRACTION_BITS - HALF_FRACTION_BITS;

    private Half() {}

    /** The half nearest to {@code value}, ties to even; infinite beyond 65,519. */
    static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7FFF_FFFF;
        if (magnitude >= 0x7F80_0000) {
            int nan = magnitude > 0x7F80_0000 ? 0x200 | ((magnitude >>> SHIFT) & 0x3FF) : 0;
            return (short) (sign | HALF_INFINITY | nan);
        }
        int exponent = (magnitude >>> FLOAT_FRACTION_BITS) - FLOAT_BIAS + HALF_BIAS;
        int fraction = magnitude & 0x7F_FFFF;
        if (exponent >= 31) {
            return (short) (sign | HALF_INFINITY);
        }
        if (exponent > 0) {
            // A carry out of the fraction rightly moves on to the exponent, and at last to
            // infinity.
            int half = (exponent << HALF_FRACTION_BITS) | (fraction >>> SHIFT);
            return (short) (sign | roundToEven(half, fraction, SHIFT));
        }
        int shift = SHIFT + 1 - exponent;
        if (shift > 24) {
            return (short) sign;
        }
        int significand = fraction | 0x80_0000;
        return (short) (sign | roundToEven(significand >>> shift, significand, shift));
    }

    /** The value of {@code half}, exact. */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> HALF_FRACTION_BITS) & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F80_0000 | (fraction << SHIFT));
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int rebiased = exponent - HALF_BIAS + FLOAT_BIAS;
        return Float.intBitsToFloat(sign | (rebiased << FLOAT_FRACTION_BITS) | (fraction << SHIFT));
    }

    private static int roundToEven(int truncated, int source, int droppedBits) {
        int dropped = source & ((1 << droppedBits) - 1);
        int tie = 1 << (droppedBits - 1);
        boolean up = dropped > tie || (dropped == tie && (truncated & 1) == 1);
        return up ? truncated + 1 : truncated;
    }
}
