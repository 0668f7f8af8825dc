package io.labelworth.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.EventProducer;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.TrainingRun;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By Kafka's own mock producer: a broker that loses one record is hard to have on time. */
@Timeout(10)
class RunReporterTest {

    private static final TrainingRun RUN =
            TrainingRun.newBuilder()
                    .setRunId("run")
                    .setConfigurationId("c")
                    .setSpec("{}")
                    .setAttemptId("run-1")
                    .setAttempt(1)
                    .setExperimentId("e")
                    .setLabellingId(null)
                    .setPins(List.of())
                    .setPublishedAt(Instant.EPOCH)
                    .build();

    private final MockProducer<String, SpecificRecord> atTheEnd = mock(true);
    private final MockProducer<String, SpecificRecord> asItComes = mock(false);
    private final RunReporter reporter =
            new RunReporter(
                    () -> {
                        atTheEnd.initTransactions();
                        return new EventProducer(atTheEnd);
                    },
                    () -> new EventProducer(asItComes),
                    Clock.systemUTC(),
                    "worker");

    @AfterEach
    void close() {
        reporter.close();
    }

    @Test
    void anAttemptWhoseCurvePointWasLostDoesNotEnd() {
        // Given
        RunProgress progress = new RunProgress();
        Accuracy point = new Accuracy();
        point.put("runId", "run");
        progress.point(point);
        reporter.heartbeat(RUN, progress);
        asItComes.errorNext(new TimeoutException("the point expired"));
        asItComes.completeNext();

        // When, Then
        assertThatThrownBy(() -> reporter.failed(RUN, progress, "diverged"))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("the point expired");
        assertThat(atTheEnd.commitCount()).isZero();
    }

    private static MockProducer<String, SpecificRecord> mock(boolean autoComplete) {
        return new MockProducer<>(
                autoComplete, null, (topic, key) -> new byte[0], (topic, value) -> new byte[0]);
    }
}
