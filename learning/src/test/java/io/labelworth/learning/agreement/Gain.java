package io.labelworth.learning.agreement;

import java.util.Locale;

/**
 * What labels of one kind give over hard ones, on the same images.
 *
 * @param overHard test accuracy less hard labels', paired by seed
 * @param overSoft test accuracy less untouched soft labels', paired by seed
 * @param share part of soft labels' gain that is left; a ratio of means
 */
record Gain(
        int imagesPerClass, LabelKind kind, Estimate overHard, Estimate overSoft, double share) {

    static Gain of(int imagesPerClass, LabelKind kind, double[] of, double[] hard, double[] soft) {
        Estimate overHard = Estimate.paired(of, hard);
        return new Gain(
                imagesPerClass,
                kind,
                overHard,
                Estimate.paired(of, soft),
                overHard.mean() / Estimate.paired(soft, hard).mean());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "IPC %3d %-15s over hard %s   over soft %s   gain left %4.0f%%",
                imagesPerClass,
                kind.text(),
                overHard.percent(),
                overSoft.percent(),
                100 * share);
    }
}
