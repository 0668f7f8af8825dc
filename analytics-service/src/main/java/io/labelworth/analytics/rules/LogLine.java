package io.labelworth.analytics.rules;

import java.util.List;

/**
 * log y = intercept + slope * log x by least squares, with a slope of 0 where the points would have
 * it fall: what is fitted here can only grow.
 */
final class LogLine {

    /**
     * A point.
     *
     * @param x above 0
     * @param y above 0
     */
    record Point(double x, double y) {}

    private final int n;
    private final double meanX;
    private final double squaresX;
    private final double meanY;
    private final double slope;
    private final int degreesOfFreedom;
    private final double deviation;

    /**
     * @param points at least two, no x twice
     */
    LogLine(List<Point> points) {
        n = points.size();
        meanX = Statistics.mean(points.stream().mapToDouble(LogLine::logX).toArray());
        meanY = Statistics.mean(points.stream().mapToDouble(LogLine::logY).toArray());
        double sumXx = 0;
        double sumXy = 0;
        for (Point point : points) {
            sumXx += (logX(point) - meanX) * (logX(point) - meanX);
            sumXy += (logX(point) - meanX) * (logY(point) - meanY);
        }
        squaresX = sumXx;
        slope = Math.max(0, sumXy / sumXx);
        // Also where the slope is held at 0: that was the points' choice.
        degreesOfFreedom = n - 2;
        double squares = 0;
        for (Point point : points) {
            double residual = logY(point) - meanY - slope * (logX(point) - meanX);
            squares += residual * residual;
        }
        deviation = degreesOfFreedom > 0 ? Math.sqrt(squares / degreesOfFreedom) : Double.NaN;
    }

    /** The line at x. */
    double at(double x) {
        return StrictMath.exp(meanY + slope * (StrictMath.log(x) - meanX));
    }

    /**
     * The factor that a new point is above or below the line by at most, with 95% confidence
     * (Student t); infinite with only two points.
     */
    double factor(double x) {
        if (degreesOfFreedom == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double distance = slope > 0 ? StrictMath.log(x) - meanX : 0;
        double half =
                Statistics.quantile(degreesOfFreedom)
                        * deviation
                        * Math.sqrt(1 + 1.0 / n + distance * distance / squaresX);
        return StrictMath.exp(half);
    }

    private static double logX(Point point) {
        return StrictMath.log(point.x());
    }

    private static double logY(Point point) {
        return StrictMath.log(point.y());
    }
}
