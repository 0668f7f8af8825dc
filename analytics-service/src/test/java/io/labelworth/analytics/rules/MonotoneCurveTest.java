package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonotoneCurveTest {

    @Test
    void halfWayInAccuracyIsHalfWayInLogImages() {
        MonotoneCurve curve = curve(point(1, 0.4, 3), point(100, 0.6, 3));

        assertThat(curve.imagesPerClassAt(0.5)).hasValueCloseTo(10.0, within(1e-9));
    }

    @Test
    void pointsThatFallArePooledByTheirWeights() {
        MonotoneCurve curve = curve(point(1, 0.3, 1), point(10, 0.5, 3), point(20, 0.4, 1));

        assertThat(curve.fitted()).containsExactly(new double[] {0.3, 0.475, 0.475}, within(1e-12));
    }

    @Test
    void plateauIsReachedAtItsSmallestBudget() {
        MonotoneCurve curve = curve(point(1, 0.3, 1), point(10, 0.5, 1), point(20, 0.5, 1));

        assertThat(curve.imagesPerClassAt(0.5)).hasValueCloseTo(10.0, within(1e-9));
    }

    @Test
    void thereIsNothingOutsideWhatWasMeasured() {
        MonotoneCurve curve = curve(point(1, 0.3, 1), point(10, 0.5, 1));

        assertThat(curve.imagesPerClassAt(0.2999)).isEmpty();
        assertThat(curve.imagesPerClassAt(0.5001)).isEmpty();
        assertThat(curve.imagesPerClassAt(Double.NaN)).isEmpty();
        assertThat(curve.imagesPerClassAt(0.3)).hasValue(1);
        assertThat(curve.imagesPerClassAt(0.5)).hasValueCloseTo(10.0, within(1e-9));
    }

    @Test
    void fitNeverFallsAndHigherAccuracyNeverNeedsFewerImages() {
        Random random = new Random(7);
        for (int trial = 0; trial < 500; trial++) {
            MonotoneCurve curve = new MonotoneCurve(randomPoints(random));
            double[] fitted = curve.fitted();

            double[] budgets =
                    random.doubles(50, 0, 1)
                            .sorted()
                            .mapToObj(curve::imagesPerClassAt)
                            .filter(OptionalDouble::isPresent)
                            .mapToDouble(OptionalDouble::getAsDouble)
                            .toArray();

            assertThat(fitted).isSorted();
            assertThat(budgets).isSorted();
            assertThat(Arrays.stream(budgets))
                    .allMatch(
                            b -> b >= curve.smallestBudget() && b <= curve.largestBudget() + 1e-9);
        }
    }

    @Test
    void fitIsTheLeastSquaresOneAmongRisingCurves() {
        Random random = new Random(11);
        for (int trial = 0; trial < 200; trial++) {
            List<MonotoneCurve.Point> points = randomPoints(random);
            double[] fitted = new MonotoneCurve(points).fitted();

            double[] other = random.doubles(points.size()).sorted().toArray();

            assertThat(squares(points, fitted)).isLessThanOrEqualTo(squares(points, other) + 1e-12);
        }
    }

    private static double squares(List<MonotoneCurve.Point> points, double[] fitted) {
        double sum = 0;
        for (int i = 0; i < fitted.length; i++) {
            double miss = points.get(i).accuracy() - fitted[i];
            sum += points.get(i).weight() * miss * miss;
        }
        return sum;
    }

    private static List<MonotoneCurve.Point> randomPoints(Random random) {
        List<MonotoneCurve.Point> points = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            points.add(point(1 << i, random.nextDouble(), 1 + random.nextInt(5)));
        }
        return points;
    }

    private static MonotoneCurve curve(MonotoneCurve.Point... points) {
        return new MonotoneCurve(List.of(points));
    }

    private static MonotoneCurve.Point point(double budget, double accuracy, double weight) {
        return new MonotoneCurve.Point(budget, accuracy, weight);
    }
}
