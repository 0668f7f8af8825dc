package io.labelworth.standalone.experiment;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.trainer.planner.ExperimentRuns;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which configurations an experiment is about, whoever ran them first. */
public final class ExperimentConfigurations {

    private static final String CLIENT = "labelworth-configurations";

    private ExperimentConfigurations() {}

    /**
     * Configuration ids of an experiment on the cluster.
     *
     * @throws ConfigurationException when there is no such experiment
     */
    public static Set<String> of(KafkaConnection connection, String experimentId) {
        Experiment experiment =
                TopicReader.latest(connection.consumers(), Topics.EXPERIMENTS, CLIENT)
                        .get(experimentId);
        if (experiment == null) {
            throw new ConfigurationException(
                    "there is no experiment " + experimentId + "; ./labelworth run prints an id");
        }
        Map<String, ExpertCheckpoint> announced =
                TopicReader.latest(connection.consumers(), Topics.EXPERT_CHECKPOINTS, CLIENT);
        return ExperimentRuns.of(experiment, new Datasets()::info, announced).stream()
                .map(run -> run.spec().configurationId())
                .collect(Collectors.toSet());
    }
}
