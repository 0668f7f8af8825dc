package io.labelworth.labeler.announce;

import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Map;

/**
 * The topic on a cluster. It is read anew each time: it is compacted, and announcements are rare.
 *
 * @param kafka stays the caller's
 * @param clientId name of the clients
 */
public record KafkaCheckpointLog(KafkaConnection kafka, String clientId) implements CheckpointLog {

    @Override
    public Map<String, ExpertCheckpoint> latest() {
        return TopicReader.latest(kafka.consumers(), Topics.EXPERT_CHECKPOINTS, clientId);
    }

    @Override
    public void append(ExpertCheckpoint checkpoint) {
        try (EventProducer producer =
                EventProducer.idempotent(kafka.settings(), kafka.registry(), clientId)) {
            producer.sendAndWait(
                    Topics.EXPERT_CHECKPOINTS, checkpoint.getCheckpointId(), checkpoint);
        }
    }
}
