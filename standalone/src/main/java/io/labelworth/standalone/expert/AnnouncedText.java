package io.labelworth.standalone.expert;

import io.labelworth.labeler.announce.Announced;
import io.labelworth.labeler.announce.ExpertTrial;
import io.labelworth.learning.label.CodecError;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.PrecisionLoss;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Locale;

/** An announcement in one line for people. */
public final class AnnouncedText {

    private AnnouncedText() {}

    /** The line, for example of an expert that was measured on the validation split. */
    public static String of(Announced announced) {
        ExpertCheckpoint event = announced.event();
        return event.getCheckpointId()
                + announced
                        .trial()
                        .map(trial -> ": " + found(trial, announced))
                        .orElse(" was announced before");
    }

    private static String found(ExpertTrial trial, Announced announced) {
        CodecError.Measured error = trial.codecError();
        boolean table = announced.event().getFormat().equals(WeightsFormat.LABEL_TABLE.toString());
        String line =
                String.format(
                        Locale.ROOT,
                        "%s %.1f%%, label entropy %.2f nats (%d images); %d bytes"
                                + " per label, %s changes probabilities by at most %.1e"
                                + " (divergence %.1e nats)",
                        table ? "largest logit at the class for" : "validation accuracy",
                        100 * trial.accuracy(),
                        trial.entropy(),
                        trial.images(),
                        announced.bytesPerLabel(),
                        announced.event().getCodec().getName(),
                        error.largestProbabilityError(),
                        error.meanDivergence());
        return line + trial.precisionLoss().map(AnnouncedText::bf16).orElse(unmeasured(announced));
    }

    private static String bf16(PrecisionLoss loss) {
        return String.format(
                Locale.ROOT,
                "; bf16 changes logits by at most %.1e (divergence %.1e nats, same class for"
                        + " %.1f%%)",
                loss.maxLogitDifference(),
                loss.meanDivergence(),
                100 * loss.agreement());
    }

    private static String unmeasured(Announced announced) {
        return announced.event().getPrecision().equals(Precision.FP32.toString())
                ? ""
                : "; measured in fp32, since this device does not compute in "
                        + announced.event().getPrecision();
    }
}
