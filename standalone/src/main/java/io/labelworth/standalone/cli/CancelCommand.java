package io.labelworth.standalone.cli;

import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code labelworth cancel}: runs that no other experiment wants do not start, or stop. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Stop the runs of an experiment that no other experiment wants.")
final class CancelCommand extends ClusterCommand {

    @Parameters(paramLabel = "EXPERIMENT_ID", description = "id that run printed")
    private String experimentId;

    @Override
    void run(KafkaConnection connection) {
        Experiment experiment =
                TopicReader.latest(connection.consumers(), Topics.EXPERIMENTS, "labelworth-cancel")
                        .get(experimentId);
        if (experiment == null) {
            throw new UserException("there is no experiment " + experimentId);
        }
        try (EventProducer producer =
                EventProducer.idempotent(
                        connection.settings(), connection.registry(), "labelworth-cancel")) {
            producer.sendAndWait(
                    Topics.EXPERIMENTS,
                    experimentId,
                    Experiment.newBuilder(experiment).setCancelled(true).build());
        }
        System.out.println(experimentId + " cancelled");
    }
}
