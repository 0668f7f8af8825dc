package io.labelworth.learning.label;

import java.util.List;
import java.util.Map;

/** The treatments known by name. */
public final class LabelTreatments {

    private LabelTreatments() {}

    /** Names of the treatments. */
    public static List<String> names() {
        return List.of(
                HardLabel.NAME,
                Temperature.NAME,
                SwapOne.NAME,
                SwapTopK.NAME,
                KeepTopK.NAME,
                ZeroClass.NAME,
                RemoveClass.NAME,
                ShuffleOthers.NAME,
                EntropyMatched.NAME,
                LabelSmoothing.NAME,
                DropTail.NAME,
                MeanLogits.NAME,
                MeanProbabilities.NAME);
    }

    /**
     * The treatment called {@code name}.
     *
     * @throws LabelException when there is none, or its parameters are not what it takes
     */
    public static LabelTreatment of(String name, Map<String, String> given) {
        return switch (name) {
            case HardLabel.NAME ->
                    new HardLabel(
                            TreatmentParameters.exactly(name, given, HardLabel.OF)
                                    .text(HardLabel.OF, ""));
            case Temperature.NAME ->
                    new Temperature(
                            TreatmentParameters.exactly(name, given, Temperature.VALUE)
                                    .real(Temperature.VALUE));
            case SwapOne.NAME ->
                    new SwapOne(
                            TreatmentParameters.exactly(name, given, SwapOne.RANK)
                                    .integer(SwapOne.RANK));
            case SwapTopK.NAME ->
                    new SwapTopK(
                            TreatmentParameters.exactly(name, given, SwapTopK.K)
                                    .integer(SwapTopK.K));
            case KeepTopK.NAME -> {
                var read = TreatmentParameters.normalisable(name, given, KeepTopK.K);
                yield new KeepTopK(read.integer(KeepTopK.K), read.normalise());
            }
            case ZeroClass.NAME -> {
                var read = TreatmentParameters.normalisable(name, given, ZeroClass.CLASS);
                yield new ZeroClass(read.integer(ZeroClass.CLASS), read.normalise());
            }
            case RemoveClass.NAME ->
                    new RemoveClass(
                            TreatmentParameters.exactly(name, given, RemoveClass.CLASS)
                                    .integer(RemoveClass.CLASS));
            case ShuffleOthers.NAME -> {
                TreatmentParameters.exactly(name, given);
                yield new ShuffleOthers();
            }
            case EntropyMatched.NAME ->
                    new EntropyMatched(
                            TreatmentParameters.atMost(name, given, EntropyMatched.TOP)
                                    .text(EntropyMatched.TOP, EntropyMatched.KEPT));
            case LabelSmoothing.NAME ->
                    new LabelSmoothing(
                            TreatmentParameters.exactly(name, given, LabelSmoothing.WEIGHT)
                                    .real(LabelSmoothing.WEIGHT));
            case DropTail.NAME ->
                    new DropTail(
                            TreatmentParameters.exactly(name, given, DropTail.BELOW)
                                    .real(DropTail.BELOW));
            case MeanLogits.NAME -> {
                TreatmentParameters.exactly(name, given);
                yield new MeanLogits();
            }
            case MeanProbabilities.NAME -> {
                TreatmentParameters.exactly(name, given);
                yield new MeanProbabilities();
            }
            default ->
                    throw new LabelException(
                            "unknown treatment \"" + name + "\"; known: " + names());
        };
    }
}
