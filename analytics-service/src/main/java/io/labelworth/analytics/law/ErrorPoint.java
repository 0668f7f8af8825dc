package io.labelworth.analytics.law;

import java.util.List;

/**
 * Mean test error at one budget.
 *
 * @param imagesPerClass budget, above 0
 * @param error mean of 1 - accuracy over the runs
 * @param standardError of that mean, above 0
 * @param degreesOfFreedom behind the standard error, above 0
 */
record ErrorPoint(
        double imagesPerClass, double error, double standardError, double degreesOfFreedom) {

    /** How many runs' worth of trust the trend has beside a budget's own variance. */
    private static final double PRIOR_DEGREES = 2;

    /**
     * Points whose variances are moderated towards their trend over log budget (Smyth 2004; Law et
     * al. 2014): the variance of three runs is a matter of luck, and its inverse is a weight.
     *
     * @param measured at least 3 budgets
     */
    static List<ErrorPoint> of(List<MeasuredError> measured) {
        VarianceTrend trend = VarianceTrend.of(measured);
        return measured.stream()
                .map(each -> moderated(each, trend.at(each.imagesPerClass())))
                .toList();
    }

    private static ErrorPoint moderated(MeasuredError measured, double expected) {
        double own = measured.runs() - 1;
        double degrees = own + PRIOR_DEGREES;
        double variance = (own * measured.variance() + PRIOR_DEGREES * expected) / degrees;
        return new ErrorPoint(
                measured.imagesPerClass(),
                measured.error(),
                Math.sqrt(variance / measured.runs()),
                degrees);
    }
}
