package io.labelworth.learning.agreement;

import java.util.Locale;

/**
 * Our students of one budget and label against PyTorch's.
 *
 * @param ours test accuracy
 * @param pytorch test accuracy
 * @param paired ours - PyTorch's by seed, which is by image: the sharper look
 */
record Comparison(
        int imagesPerClass, LabelKind kind, Estimate ours, Estimate pytorch, Estimate paired) {

    /** Standard errors that the means may be apart. */
    static final double ALLOWED = 2;

    static Comparison of(int imagesPerClass, LabelKind kind, double[] ours, double[] pytorch) {
        return new Comparison(
                imagesPerClass,
                kind,
                Estimate.of(ours),
                Estimate.of(pytorch),
                Estimate.paired(ours, pytorch));
    }

    /** Our mean less PyTorch's. */
    double difference() {
        return ours.mean() - pytorch.mean();
    }

    /** Of the difference of two means, each from its own students. */
    double standardError() {
        return Math.hypot(ours.standardError(), pytorch.standardError());
    }

    boolean agrees() {
        return Math.abs(difference()) <= ALLOWED * standardError();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "IPC %3d %-5s ours %6.2f +- %5.2f   PyTorch %6.2f +- %5.2f   difference %+6.2f ="
                        + " %+5.2f standard errors   paired %s   %s",
                imagesPerClass,
                kind.text(),
                100 * ours.mean(),
                100 * ours.halfWidth(),
                100 * pytorch.mean(),
                100 * pytorch.halfWidth(),
                100 * difference(),
                difference() / standardError(),
                paired.percent(),
                agrees() ? "agrees" : "DISAGREES");
    }
}
