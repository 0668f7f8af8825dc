package io.labelworth.learning.training;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Split;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.StateDictShape;
import io.labelworth.learning.network.TrainableNetwork;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.network.Whitening;
import io.labelworth.learning.run.Recipe;
import io.labelworth.learning.whitening.Whitenings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains an expert on the whole training split, on the calling thread, saving checkpoints. */
public final class ExpertTraining {

    private final Dataset dataset;
    private final Architecture architecture;
    private final Recipe recipe;
    private final ComputeDevice device;

    /**
     * Training on {@code dataset}.
     *
     * @param architecture the expert, without its input
     * @param recipe how it is trained; its steps are replaced by those of the epochs
     * @param device where the expert is
     */
    public ExpertTraining(
            Dataset dataset, Architecture architecture, Recipe recipe, ComputeDevice device) {
        this.dataset = dataset;
        this.architecture = architecture.forDataset(dataset.info());
        this.recipe = recipe;
        this.device = device;
    }

    /** Steps of {@code epochs} epochs; the last batch of an epoch may be smaller. */
    public int steps(int epochs) {
        return stepsPerEpoch() * epochs;
    }

    /**
     * Trains for {@code epochs} epochs and saves by {@link CheckpointSchedule}: {@code
     * <directory>/step-<step>.safetensors} and its card, each in one rename. Where the recipe
     * whitens, the whitening lies beside them: it goes where they go.
     *
     * @param cancelled asked before every step
     * @return the checkpoints, first to last
     * @throws TrainingException when the loss, or a logit of an evaluation, is not finite
     * @throws CancelledException when {@code cancelled} says so; checkpoints so far stay
     */
    public List<CheckpointFile> run(
            int epochs,
            long seed,
            Path directory,
            ExpertListener listener,
            BooleanSupplier cancelled) {
        DatasetInfo info = dataset.info();
        Split train = dataset.train();
        StateDictShape shape = architecture.requireTrainable();
        List<Integer> saved = CheckpointSchedule.steps(stepsPerEpoch(), epochs);
        List<CheckpointFile> checkpoints = new ArrayList<>();
        Optional<Whitening> whitening = Whitenings.of(dataset, recipe.zca());
        whitening.ifPresent(fitted -> fitted.write(directory));
        Preprocessing preprocessing = Whitenings.preprocessing(info, whitening);
        Normalizer normalizer = new Normalizer(preprocessing, whitening);
        try (TrainableNetwork expert =
                TrainableNetwork.of(shape, Initialisation.weights(shape, seed), device)) {
            TrainingLoop loop =
                    new TrainingLoop(
                            expert,
                            Examples.hard(train, info.imageBytes(), info.classes()),
                            normalizer,
                            recipe.withSteps(steps(epochs)),
                            seed);
            while (loop.steps() < steps(epochs)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancelledException(loop.steps());
                }
                double loss = loop.step();
                listener.onStep(loop.steps(), steps(epochs), loss);
                if (saved.contains(loop.steps())) {
                    CheckpointFile checkpoint =
                            save(expert, loop, normalizer, preprocessing, directory, seed);
                    checkpoints.add(checkpoint);
                    listener.onCheckpoint(checkpoint);
                }
            }
        }
        return List.copyOf(checkpoints);
    }

    private CheckpointFile save(
            TrainableNetwork expert,
            TrainingLoop loop,
            Normalizer normalizer,
            Preprocessing preprocessing,
            Path directory,
            long seed) {
        Evaluator evaluator = new Evaluator(normalizer);
        Evaluator.Measurement validation =
                evaluator.measure(
                        expert, loop.steps(), dataset.validation(), dataset.validation().size());
        Evaluator.Measurement test =
                evaluator.measure(expert, loop.steps(), dataset.test(), dataset.test().size());
        Path path = directory.resolve(String.format("step-%08d.safetensors", loop.steps()));
        CheckpointFile checkpoint =
                new CheckpointFile(
                        path,
                        WeightsFile.write(path, expert.weights()),
                        loop.steps(),
                        loop.imagesSeen(),
                        (double) loop.imagesSeen() / dataset.train().size(),
                        validation.accuracy(),
                        test.accuracy(),
                        validation.entropy(),
                        preprocessing);
        CheckpointCard.write(checkpoint, dataset.info(), architecture, recipe, seed, device);
        return checkpoint;
    }

    private int stepsPerEpoch() {
        return (dataset.train().size() + recipe.batchSize() - 1) / recipe.batchSize();
    }
}
