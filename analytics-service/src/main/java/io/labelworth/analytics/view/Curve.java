package io.labelworth.analytics.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The points of one attempt's learning curve, packed: some 20 bytes each. Of a curve with more than
 * {@value #MOST} points every second one is forgotten, as often as it takes, so that no run can
 * fill the memory.
 */
final class Curve {

    static final int MOST = 256;
    private static final int FIRST_CAPACITY = 4;

    private int[] steps = new int[FIRST_CAPACITY];
    private double[] validation = new double[FIRST_CAPACITY];
    private double[] loss = new double[FIRST_CAPACITY];
    private int size;

    /** Adds a point; one that is no further than the last is a repetition and passed over. */
    void add(int step, double validationAccuracy, double trainLoss) {
        if (size > 0 && step <= steps[size - 1]) {
            return;
        }
        if (size == MOST) {
            thinOut();
        }
        if (size == steps.length) {
            int capacity = Math.min(MOST, 2 * size);
            steps = Arrays.copyOf(steps, capacity);
            validation = Arrays.copyOf(validation, capacity);
            loss = Arrays.copyOf(loss, capacity);
        }
        steps[size] = step;
        validation[size] = validationAccuracy;
        loss[size] = trainLoss;
        size++;
    }

    /** The points, by step. */
    List<CurvePoint> points() {
        List<CurvePoint> points = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            points.add(new CurvePoint(steps[i], validation[i], loss[i]));
        }
        return points;
    }

    private void thinOut() {
        int kept = 0;
        for (int i = 1; i < size; i += 2) {
            steps[kept] = steps[i];
            validation[kept] = validation[i];
            loss[kept] = loss[i];
            kept++;
        }
        size = kept;
    }
}
