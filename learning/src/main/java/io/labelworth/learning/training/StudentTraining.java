package io.labelworth.learning.training;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.StateDictShape;
import io.labelworth.learning.network.Torch;
import io.labelworth.learning.network.TrainableNetwork;
import io.labelworth.learning.network.Whitening;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.whitening.Whitenings;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains and evaluates one student, on the calling thread. */
public final class StudentTraining {

    private static final double NANOS = 1e9;

    private StudentTraining() {}

    /**
     * Runs {@code spec} on {@code set}, on the processor; see {@link #run(RunSpec, TrainingSet,
     * Dataset, ComputeDevice, StudentListener, BooleanSupplier)}.
     */
    public static StudentResult run(
            RunSpec spec,
            TrainingSet set,
            Dataset dataset,
            StudentListener listener,
            BooleanSupplier cancelled) {
        return run(spec, set, dataset, ComputeDevice.CPU, listener, cancelled);
    }

    /**
     * Runs {@code spec} on {@code set}. The same arguments give the same bits on the same
     * processor; a GPU does not promise that, and the result's fingerprint says so.
     *
     * @param set what the spec's selection and labels came to
     * @param dataset for validation and test images
     * @param device where the student is
     * @param listener told of every step
     * @param cancelled asked before every step
     * @throws io.labelworth.learning.network.ModelException when the student cannot be trained, or
     *     not on the device
     * @throws TrainingException when the set or the dataset is not the spec's, or the loss or a
     *     logit is not finite
     * @throws CancelledException when {@code cancelled} says so
     */
    public static StudentResult run(
            RunSpec spec,
            TrainingSet set,
            Dataset dataset,
            ComputeDevice device,
            StudentListener listener,
            BooleanSupplier cancelled) {
        check(spec, set, dataset.info());
        StateDictShape shape = spec.student().forDataset(dataset.info()).requireTrainable();
        Optional<Whitening> whitening = Whitenings.of(dataset, spec.recipe().zca());
        Normalizer normalizer =
                new Normalizer(Whitenings.preprocessing(dataset.info(), whitening), whitening);
        Evaluator evaluator = new Evaluator(normalizer);
        try (TrainableNetwork student =
                TrainableNetwork.of(
                        shape, Initialisation.weights(shape, spec.trainingSeed()), device)) {
            TrainingLoop loop =
                    new TrainingLoop(
                            student,
                            Examples.of(set),
                            normalizer,
                            spec.recipe(),
                            spec.trainingSeed());
            LearningCurve curve =
                    new LearningCurve(
                            spec.evaluation().everySteps(),
                            spec.recipe().steps(),
                            shape.macsPerImage(),
                            step ->
                                    evaluator.measure(
                                            student,
                                            step,
                                            dataset.validation(),
                                            spec.evaluation().validationImages()));
            while (loop.steps() < spec.recipe().steps()) {
                if (cancelled.getAsBoolean()) {
                    throw new CancelledException(loop.steps());
                }
                long started = System.nanoTime();
                double loss = loop.step();
                double seconds = (System.nanoTime() - started) / NANOS;
                Optional<CurvePoint> point =
                        curve.after(loop.steps(), loop.imagesSeen(), loss, seconds);
                listener.onStep(loop.steps(), loss, point);
            }
            Evaluator.Measurement test =
                    evaluator.measure(student, loop.steps(), dataset.test(), dataset.test().size());
            return new StudentResult(
                    curve.last(),
                    test.accuracy(),
                    Arrays.stream(test.accuracyByClass()).boxed().toList(),
                    test.images(),
                    Torch.deviceFingerprint(device));
        }
    }

    private static void check(RunSpec spec, TrainingSet set, DatasetInfo info) {
        if (!spec.datasetVersion().equals(info.version())) {
            throw new TrainingException(
                    String.format(
                            "the run is for dataset version %s, here is %s",
                            spec.datasetVersion(), info.version()));
        }
        if (set.pixels().imageBytes() != info.imageBytes()
                || set.targets().classes() != info.classes()) {
            throw new TrainingException(
                    String.format(
                            "the set's images have %d bytes and %d targets, not %d and %d",
                            set.pixels().imageBytes(),
                            set.targets().classes(),
                            info.imageBytes(),
                            info.classes()));
        }
    }
}
