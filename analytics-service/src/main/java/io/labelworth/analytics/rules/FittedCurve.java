package io.labelworth.analytics.rules;

import io.labelworth.analytics.law.FittedLaw;
import io.labelworth.analytics.law.Law;
import io.labelworth.analytics.law.MeasuredError;
import io.labelworth.analytics.law.Range;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.LawPoint;
import io.labelworth.schemas.event.PowerLaw;
import io.labelworth.schemas.event.ScalingLaw;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A curve and the laws fitted to it. A fit is a function of the curve: the bootstrap's seed is the
 * hash of the law's key.
 *
 * @param family family of the curve
 * @param curve what was fitted
 * @param law floor + a * n^-b; empty with fewer than {@value FittedLaw#LEAST_POINTS} budgets
 * @param power a * n^-b; empty with fewer than {@value FittedLaw#LEAST_POINTS_OF_POWER_LAW}
 */
public record FittedCurve(
        Family family, Curve curve, Optional<FittedLaw> law, Optional<FittedLaw> power) {

    private static final int POINTS_OF_CURVE = 24;

    /** Fits a curve of a family. */
    public static FittedCurve of(Family family, Curve curve) {
        List<MeasuredError> measured = curve.measured();
        long seed = Seed.of(family.lawKey(curve.name()));
        return new FittedCurve(
                family,
                curve,
                measured.size() < FittedLaw.LEAST_POINTS
                        ? Optional.empty()
                        : Optional.of(FittedLaw.withFloor(measured, seed)),
                measured.size() < FittedLaw.LEAST_POINTS_OF_POWER_LAW
                        ? Optional.empty()
                        : Optional.of(FittedLaw.powerLaw(measured, seed)));
    }

    /** Smallest budget fitted. */
    double smallestBudget() {
        return curve.weighted().get(0).getImagesPerClass();
    }

    /** Largest budget fitted. */
    double largestBudget() {
        List<AccuracySummary> weighted = curve.weighted();
        return weighted.get(weighted.size() - 1).getImagesPerClass();
    }

    /** The event on scaling-laws. */
    public ScalingLaw event() {
        List<AccuracySummary> weighted = curve.weighted();
        ScalingLaw.Builder event =
                ScalingLaw.newBuilder()
                        .setFamilyId(family.key())
                        .setDataset(family.dataset())
                        .setDatasetVersion(family.datasetVersion())
                        .setSource(family.source())
                        .setSelection(family.selection())
                        .setStudent(family.student())
                        .setRegime(curve.name().regime())
                        .setCheckpointId(curve.name().checkpointId())
                        .setBest(curve.name().checkpointId() == null)
                        .setConfigurationIds(
                                weighted.stream().map(AccuracySummary::getConfigurationId).toList())
                        .setPoints(weighted.size())
                        .setFloor(null)
                        .setA(null)
                        .setB(null)
                        .setRmse(null)
                        .setMessage(law.isPresent() ? null : whyNot(weighted.size()))
                        .setPower(power.map(FittedCurve::powerLaw).orElse(null));
        law.ifPresent(fitted -> describe(fitted, event));
        return event.build();
    }

    private void describe(FittedLaw fitted, ScalingLaw.Builder event) {
        event.setFloor(fitted.law().floor())
                .setFloorLow(fitted.floor().low())
                .setFloorHigh(fitted.floor().high())
                .setA(fitted.law().a())
                .setALow(fitted.a().low())
                .setAHigh(fitted.a().high())
                .setB(fitted.law().b())
                .setBLow(fitted.b().low())
                .setBHigh(fitted.b().high())
                .setRmse(fitted.rmse())
                .setRSquared(finiteOrNull(fitted.rSquared()))
                .setReducedChiSquare(fitted.reducedChiSquare())
                .setCurve(band(fitted));
    }

    /** Evenly over log budget, from the smallest to the largest one fitted. */
    private List<LawPoint> band(FittedLaw fitted) {
        double ratio = largestBudget() / smallestBudget();
        return IntStream.range(0, POINTS_OF_CURVE)
                .mapToDouble(
                        i -> smallestBudget() * StrictMath.pow(ratio, i / (POINTS_OF_CURVE - 1.0)))
                .mapToObj(budget -> point(fitted, budget))
                .toList();
    }

    private static LawPoint point(FittedLaw fitted, double budget) {
        Range range = fitted.interval((Law law) -> law.errorAt(budget));
        return new LawPoint(budget, fitted.law().errorAt(budget), range.low(), range.high());
    }

    private static PowerLaw powerLaw(FittedLaw fitted) {
        return PowerLaw.newBuilder()
                .setA(fitted.law().a())
                .setALow(fitted.a().low())
                .setAHigh(fitted.a().high())
                .setB(fitted.law().b())
                .setBLow(fitted.b().low())
                .setBHigh(fitted.b().high())
                .setRmse(fitted.rmse())
                .setRSquared(finiteOrNull(fitted.rSquared()))
                .setReducedChiSquare(fitted.reducedChiSquare())
                .build();
    }

    private static String whyNot(int budgets) {
        return String.format(
                Locale.ROOT,
                "a fit needs %d budgets with at least two runs each, and there %s %d",
                FittedLaw.LEAST_POINTS,
                budgets == 1 ? "is" : "are",
                budgets);
    }

    private static Double finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
