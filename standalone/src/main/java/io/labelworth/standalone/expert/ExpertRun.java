package io.labelworth.standalone.expert;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.labeler.announce.CheckpointIds;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.training.CheckpointFile;
import io.labelworth.learning.training.CheckpointSchedule;
import io.labelworth.learning.training.ExpertListener;
import io.labelworth.learning.training.ExpertTraining;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Trains an expert and announces each checkpoint once its file is in place. Training is repeatable
 * to the bit, so a run that was interrupted is simply run again: what it announces a second time is
 * what it announced the first time.
 */
public final class ExpertRun {

    private static final String CLIENT = "labelworth-expert";

    private final KafkaConnection connection;
    private final Path checkpointRoot;
    private final Clock clock;

    /** Runs that announce on one cluster and keep their files under one root. */
    public ExpertRun(KafkaConnection connection, Path checkpointRoot, Clock clock) {
        this.connection = connection;
        this.checkpointRoot = checkpointRoot;
        this.clock = clock;
    }

    /** Ids of the checkpoints that a request will announce, in order. */
    public static List<String> checkpointIds(Dataset dataset, ExpertRequest request) {
        int stepsPerEpoch = training(dataset, request).steps(1);
        return CheckpointSchedule.steps(stepsPerEpoch, request.epochs()).stream()
                .map(step -> CheckpointIds.of(request.run(), step))
                .toList();
    }

    /**
     * Trains and announces, unless every checkpoint is announced and its file in place already.
     *
     * @return whether training was needed
     * @throws ConfigurationException when the run's name belongs to an expert with other settings
     */
    public boolean train(
            Dataset dataset,
            ExpertRequest request,
            ExpertListener listener,
            BooleanSupplier cancelled) {
        Map<String, ExpertCheckpoint> announced =
                TopicReader.latest(connection.consumers(), Topics.EXPERT_CHECKPOINTS, CLIENT);
        List<String> ids = checkpointIds(dataset, request);
        ids.stream()
                .filter(announced::containsKey)
                .forEach(id -> requireSame(announced.get(id), dataset, request));
        if (ids.stream().allMatch(id -> announced.containsKey(id) && inPlace(announced.get(id)))) {
            return false;
        }
        Path directory = checkpointRoot.resolve(dataset.info().name()).resolve(request.run());
        try (EventProducer producer =
                EventProducer.idempotent(connection.settings(), connection.registry(), CLIENT)) {
            training(dataset, request)
                    .run(
                            request.epochs(),
                            request.seed(),
                            directory,
                            announcing(producer, dataset, request, announced, listener),
                            cancelled);
        }
        return true;
    }

    private ExpertListener announcing(
            EventProducer producer,
            Dataset dataset,
            ExpertRequest request,
            Map<String, ExpertCheckpoint> announced,
            ExpertListener listener) {
        return new ExpertListener() {
            @Override
            public void onStep(int step, int steps, double loss) {
                listener.onStep(step, steps, loss);
            }

            @Override
            public void onCheckpoint(CheckpointFile file) {
                ExpertCheckpoint checkpoint =
                        TrainedCheckpoints.announcement(
                                file, dataset.info(), request, checkpointRoot, clock.instant());
                ExpertCheckpoint before = announced.get(checkpoint.getCheckpointId());
                if (before == null
                        || !before.getLabellingId().equals(checkpoint.getLabellingId())) {
                    producer.sendAndWait(
                            Topics.EXPERT_CHECKPOINTS, checkpoint.getCheckpointId(), checkpoint);
                }
                listener.onCheckpoint(file);
            }
        };
    }

    private boolean inPlace(ExpertCheckpoint checkpoint) {
        Path weights = checkpointRoot.resolve(checkpoint.getUri());
        Choice seen = checkpoint.getPreprocessing();
        return Files.isRegularFile(weights)
                && Preprocessing.of(seen.getName(), seen.getParameters())
                        .zca()
                        .map(zca -> Files.isRegularFile(weights.resolveSibling(zca.fileName())))
                        .orElse(true);
    }

    private static void requireSame(
            ExpertCheckpoint announced, Dataset dataset, ExpertRequest request) {
        boolean same =
                announced.getDatasetVersion().equals(dataset.info().version())
                        && announced
                                .getArchitecture()
                                .equals(request.architectureOn(dataset.info()))
                        && announced.getSchedule().equals(request.schedule())
                        && announced.getCodec().equals(request.codecChoice());
        if (!same) {
            throw new ConfigurationException(
                    "there is an expert run "
                            + request.run()
                            + " with other settings; choose another name with --run");
        }
    }

    private static ExpertTraining training(Dataset dataset, ExpertRequest request) {
        return new ExpertTraining(
                dataset, request.architecture(), request.recipe(), request.device());
    }
}
