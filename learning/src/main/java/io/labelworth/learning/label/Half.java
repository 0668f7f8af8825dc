package io.labelworth.learning.label;

/** IEEE 754 binary16, which Java has from version 20 on only. */
public final class Half {

    /** Smallest magnitude that rounds to infinity. */
    static final float TOO_LARGE = 65_520;

    private static final int FLOAT_FRACTION_BITS = 23;
    private static final int SHIFT = 13;
    private static final int BIAS_DIFFERENCE = 127 - 15;
    private static final int SMALLEST_NORMAL = (BIAS_DIFFERENCE + 1) << FLOAT_FRACTION_BITS;
    private static final int ALMOST_HALF_A_STEP = (1 << SHIFT - 1) - 1;
    private static final int INFINITY = 0x7C00;
    private static final int QUIET_NAN = 0x7E00;

    private Half() {}

    /** The half nearest to {@code value}, ties to even; infinite from {@link #TOO_LARGE} on. */
    static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7FFF_FFFF;
        if (magnitude < SMALLEST_NORMAL) {
            // At 0.5 a float's last bit is worth 2^-24, as that of a subnormal half: adding rounds.
            int half = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f);
            return (short) (sign | half - Float.floatToRawIntBits(0.5f));
        }
        if (magnitude >= Float.floatToRawIntBits(TOO_LARGE)) {
            boolean number = magnitude <= Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
            return (short) (sign | (number ? INFINITY : QUIET_NAN));
        }
        // A carry out of the fraction rightly moves on to the exponent.
        int odd = (magnitude >>> SHIFT) & 1;
        int rounded = magnitude + ALMOST_HALF_A_STEP + odd;
        return (short) (sign | (rounded - (BIAS_DIFFERENCE << FLOAT_FRACTION_BITS)) >>> SHIFT);
    }

    /** The value of {@code half}, exact. */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int magnitude = (half & 0x7FFF) << SHIFT;
        if (magnitude >= INFINITY << SHIFT) {
            return Float.intBitsToFloat(sign | 0x7F80_0000 | magnitude);
        }
        // Moving the exponent by a multiplication is exact, and makes subnormals normal.
        float value = Float.intBitsToFloat(magnitude) * 0x1p112f;
        return Float.intBitsToFloat(sign | Float.floatToRawIntBits(value));
    }
}
