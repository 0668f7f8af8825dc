package io.labelworth.standalone.experiment;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.RunStatus;
import io.labelworth.trainer.run.RunState;
import io.labelworth.trainer.run.RunVoice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Asks for runs that failed once more; the planner publishes each as its next attempt. */
public final class FailedRuns {

    private static final String CLIENT = "labelworth-retry";

    private FailedRuns() {}

    /**
     * Asks for those of some runs that have failed.
     *
     * @return how many that were
     */
    public static int retry(KafkaConnection kafka, Collection<String> runIds, Instant now) {
        Map<String, RunStatus> last = new HashMap<>();
        Consumer<ConsumerRecord<String, Decoded<RunStatus>>> take =
                record -> {
                    if (record.value().readable()) {
                        last.put(record.key(), record.value().value());
                    }
                };
        int asked = 0;
        try (TopicReader<RunStatus> reader =
                new TopicReader<>(kafka.consumers(), Topics.RUN_STATUS, CLIENT)) {
            reader.catchUp(take);
            List<String> failed = runIds.stream().filter(id -> hasFailed(last.get(id))).toList();
            for (String runId : failed) {
                try (EventProducer voice = RunVoice.take(kafka, runId)) {
                    // Somebody else may have asked meanwhile.
                    reader.readTo(kafka.cluster().ends(Topics.RUN_STATUS), take);
                    if (hasFailed(last.get(runId))) {
                        RunStatus retry = retryOf(last.get(runId), now);
                        voice.inTransaction(() -> voice.send(Topics.RUN_STATUS, runId, retry));
                        asked++;
                    }
                }
            }
        }
        return asked;
    }

    private static boolean hasFailed(RunStatus status) {
        return status != null && RunState.FAILED.is(status.getState());
    }

    private static RunStatus retryOf(RunStatus failed, Instant now) {
        return RunStatus.newBuilder(failed)
                .setState(RunState.RETRY.wire())
                .setReason(null)
                .setLost(0)
                .setUpdatedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }
}
