package io.labelworth.learning.network;

import java.util.List;

/**
 * What a lower precision does to an expert's labels, measured on images.
 *
 * @param maxLogitDifference largest difference between two logits
 * @param meanDivergence mean Kullback-Leibler divergence in nats, of the exact softmax from the
 *     reduced one
 * @param agreement share of images whose largest logit is the same, 0 to 1
 * @param images images measured on, 1 or more
 */
public record PrecisionLoss(
        double maxLogitDifference, double meanDivergence, double agreement, int images) {

    private static final int BATCH = 256;

    /**
     * Measures.
     *
     * @param exact the model in fp32
     * @param reduced the same model in another precision
     * @param images raw pixels, unsigned bytes channel by channel; at least one image
     */
    public static PrecisionLoss of(ExpertModel exact, ExpertModel reduced, List<byte[]> images) {
        double largest = 0;
        double divergence = 0;
        int agreeing = 0;
        for (int first = 0; first < images.size(); first += BATCH) {
            List<byte[]> batch = images.subList(first, Math.min(first + BATCH, images.size()));
            float[][] expected = exact.logits(batch);
            float[][] actual = reduced.logits(batch);
            for (int i = 0; i < expected.length; i++) {
                double[] p = logSoftmax(expected[i]);
                double[] q = logSoftmax(actual[i]);
                for (int c = 0; c < p.length; c++) {
                    largest = Math.max(largest, Math.abs(expected[i][c] - actual[i][c]));
                    divergence += Math.exp(p[c]) * (p[c] - q[c]);
                }
                agreeing += argMax(p) == argMax(q) ? 1 : 0;
            }
        }
        int count = images.size();
        return new PrecisionLoss(largest, divergence / count, (double) agreeing / count, count);
    }

    private static double[] logSoftmax(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        double[] logs = new double[logits.length];
        for (int c = 0; c < logs.length; c++) {
            logs[c] = logits[c] - largest - Math.log(sum);
        }
        return logs;
    }

    private static int argMax(double[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }
}
