package io.labelworth.learning.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Numbers written as the shortest plain decimal, and read strictly. Double.toString and
 * Float.toString are not always the shortest before JDK 19, and their parsers also take blanks,
 * suffixes and hexadecimal.
 */
public final class Decimals {

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern REAL =
            Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");
    private static final int DIGITS_OF_DOUBLE = 17;
    private static final int DIGITS_OF_FLOAT = 9;

    private Decimals() {}

    /** The shortest decimal that reads back as {@code value}, which is finite; no exponent. */
    public static String text(double value) {
        return shortest(
                new BigDecimal(value), DIGITS_OF_DOUBLE, rounded -> rounded.doubleValue() == value);
    }

    /** The shortest decimal that reads back as {@code value}, which is finite; no exponent. */
    public static String text(float value) {
        return shortest(
                new BigDecimal(value), DIGITS_OF_FLOAT, rounded -> rounded.floatValue() == value);
    }

    /**
     * Reads a number.
     *
     * @throws NumberFormatException when {@code text} is not one decimal, alone
     */
    public static double real(String text) {
        return decimal(text).doubleValue();
    }

    /**
     * Reads a single-precision number.
     *
     * @throws NumberFormatException when {@code text} is not one decimal, alone
     */
    public static float single(String text) {
        return decimal(text).floatValue();
    }

    /**
     * Reads a whole number.
     *
     * @throws NumberFormatException when {@code text} is not one of digits 0 to 9, alone, or too
     *     large
     */
    public static int integer(String text) {
        return Integer.parseInt(matching(INTEGER, text));
    }

    /** A whole number without leading zeros or plus; any other text as it is. */
    public static String canonical(String text) {
        return INTEGER.matcher(text).matches() ? new BigInteger(text).toString() : text;
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(matching(REAL, text));
    }

    private static String matching(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new NumberFormatException("\"" + text + "\" is not a number");
        }
        return text;
    }

    private static String shortest(BigDecimal exact, int most, Predicate<BigDecimal> readsBack) {
        for (int digits = 1; digits < most; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (readsBack.test(rounded)) {
                return plain(rounded);
            }
        }
        return plain(exact.round(new MathContext(most)));
    }

    private static String plain(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
