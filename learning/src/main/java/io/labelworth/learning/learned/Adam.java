package io.labelworth.learning.learned;

/** Adam (Kingma and Ba 2015) with its usual constants, on the logits of a set's labels. */
final class Adam {

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private final double[][] first;
    private final double[][] second;
    private double firstLeft = 1;
    private double secondLeft = 1;

    Adam(double learningRate, int rows, int columns) {
        this.learningRate = learningRate;
        first = new double[rows][columns];
        second = new double[rows][columns];
    }

    /** Steps against the gradient. */
    void step(float[][] values, double[][] gradient) {
        firstLeft *= FIRST_DECAY;
        secondLeft *= SECOND_DECAY;
        for (int i = 0; i < values.length; i++) {
            for (int c = 0; c < values[i].length; c++) {
                double g = gradient[i][c];
                first[i][c] = FIRST_DECAY * first[i][c] + (1 - FIRST_DECAY) * g;
                second[i][c] = SECOND_DECAY * second[i][c] + (1 - SECOND_DECAY) * g * g;
                double scale = StrictMath.sqrt(second[i][c] / (1 - secondLeft)) + EPSILON;
                values[i][c] -= (float) (learningRate * first[i][c] / (1 - firstLeft) / scale);
            }
        }
    }
}
