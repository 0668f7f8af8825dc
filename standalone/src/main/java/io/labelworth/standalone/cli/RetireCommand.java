package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.labeler.announce.CheckpointLog;
import io.labelworth.labeler.announce.KafkaCheckpointLog;
import io.labelworth.schemas.event.ExpertCheckpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code labelworth retire}: no labeler serves the checkpoint any more; its labels stay. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description = "Stop labelling with a checkpoint; its labels stay.")
final class RetireCommand extends ClusterCommand {

    @Parameters(paramLabel = "CHECKPOINT", description = "checkpoint id, as status shows it")
    private String checkpointId;

    @Override
    void run(KafkaConnection connection) {
        CheckpointLog log = new KafkaCheckpointLog(connection, "labelworth-retire");
        ExpertCheckpoint checkpoint = log.latest().get(checkpointId);
        if (checkpoint == null) {
            throw new UserException(
                    "there is no checkpoint " + checkpointId + "; ./labelworth status lists them");
        }
        log.append(ExpertCheckpoint.newBuilder(checkpoint).setRetired(true).build());
        System.out.println(checkpointId + " retired");
    }
}
