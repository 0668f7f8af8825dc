package io.labelworth.analytics.law;

/**
 * An interval of confidence.
 *
 * @param low lower end
 * @param high upper end
 */
public record Range(double low, double high) {

    /** Whether a value is in it, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
