package io.labelworth.analytics.law;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A scaling law with how sure it is.
 *
 * @param law the fit
 * @param floor 95% interval of the floor
 * @param a 95% interval of a
 * @param b 95% interval of the exponent
 * @param points budgets fitted
 * @param rmse root mean square of the residuals, in error
 * @param rSquared weighted share of the errors' variance that the law explains, at most 1; NaN
 *     where the errors are equal
 * @param reducedChiSquare weighted residuals per degree of freedom: about 1 when the curve fits as
 *     well as the noise lets it, much more when the errors follow another curve
 * @param draws what says how sure anything else is
 */
public record FittedLaw(
        Law law,
        Range floor,
        Range a,
        Range b,
        int points,
        double rmse,
        double rSquared,
        double reducedChiSquare,
        LawBootstrap draws) {

    /** Budgets that error(n) = floor + a * n^-b needs: one more than it has parameters. */
    public static final int LEAST_POINTS = 4;

    /** Budgets that error(n) = a * n^-b needs. */
    public static final int LEAST_POINTS_OF_POWER_LAW = 3;

    /**
     * error(n) = floor + a * n^-b.
     *
     * @param measured at least {@value #LEAST_POINTS} budgets, in any order, none twice, whose runs
     *     are not all equal
     * @param seed of the bootstrap: the same seed and budgets give the same bits
     */
    public static FittedLaw withFloor(List<MeasuredError> measured, long seed) {
        return fit(measured, LawFit.Floor.FROM_ZERO, LawFit.Floor.FREE, LEAST_POINTS, seed);
    }

    /**
     * error(n) = a * n^-b, to be set beside the other.
     *
     * @param measured at least {@value #LEAST_POINTS_OF_POWER_LAW} budgets, as above
     * @param seed as above
     */
    public static FittedLaw powerLaw(List<MeasuredError> measured, long seed) {
        return fit(measured, LawFit.Floor.NONE, LawFit.Floor.NONE, LEAST_POINTS_OF_POWER_LAW, seed);
    }

    /** 95% interval of anything the law says, of the error at a budget for example. */
    public Range interval(ToDoubleFunction<Law> statistic) {
        return draws.interval(statistic);
    }

    /**
     * 95% interval of anything this law and an independent one say together.
     *
     * @param other fitted with another seed
     */
    public Range interval(FittedLaw other, ToDoubleBiFunction<Law, Law> statistic) {
        return draws.interval(other.draws, statistic);
    }

    private static FittedLaw fit(
            List<MeasuredError> measured,
            LawFit.Floor floor,
            LawFit.Floor drawn,
            int least,
            long seed) {
        if (measured.size() < least) {
            throw new IllegalArgumentException(
                    "a fit needs " + least + " budgets, not " + measured.size());
        }
        List<ErrorPoint> points =
                ErrorPoint.of(
                        measured.stream()
                                .sorted(Comparator.comparingDouble(MeasuredError::imagesPerClass))
                                .toList());
        Law law = LawFit.of(points, floor);
        LawBootstrap draws = new LawBootstrap(points, drawn, seed);
        double squares = 0;
        double weighted = 0;
        double weights = 0;
        double mean = 0;
        for (ErrorPoint point : points) {
            double residual = point.error() - law.errorAt(point.imagesPerClass());
            double weight = 1 / (point.standardError() * point.standardError());
            squares += residual * residual;
            weighted += weight * residual * residual;
            weights += weight;
            mean += weight * point.error();
        }
        mean /= weights;
        double total = 0;
        for (ErrorPoint point : points) {
            double standardised = (point.error() - mean) / point.standardError();
            total += standardised * standardised;
        }
        int parameters = least - 1;
        return new FittedLaw(
                law,
                draws.interval(drawnLaw -> Math.max(0, drawnLaw.floor())),
                draws.interval(Law::a),
                draws.interval(Law::b),
                points.size(),
                Math.sqrt(squares / points.size()),
                1 - weighted / total,
                weighted / (points.size() - parameters),
                draws);
    }
}
