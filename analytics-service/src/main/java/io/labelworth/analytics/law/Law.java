package io.labelworth.analytics.law;

/**
 * error(n) = floor + a * n^-b, n in images per class.
 *
 * @param floor error that no budget goes below; 0 in a plain power law
 * @param a error above the floor at one image per class, 0 or more
 * @param b exponent, above 0
 */
public record Law(double floor, double a, double b) {

    /** Error at a budget. */
    public double errorAt(double imagesPerClass) {
        return floor + a * Math.pow(imagesPerClass, -b);
    }

    /** Images per class at which the error is reached; infinite at the floor and below it. */
    public double imagesPerClassAt(double error) {
        return error > floor ? Math.pow(a / (error - floor), 1 / b) : Double.POSITIVE_INFINITY;
    }
}
