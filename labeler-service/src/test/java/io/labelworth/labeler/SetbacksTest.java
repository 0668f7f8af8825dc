package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetbacksTest {

    private final SettableClock clock = new SettableClock();
    private final Setbacks setbacks =
            new Setbacks(
                    LabelerSettings.from(
                            new Environment(
                                    Map.of(
                                            LabelerSettings.INSTANCE, "gpu-box",
                                            LabelerSettings.DEVICE, "cpu"))),
                    new LabelerMetrics(new SimpleMeterRegistry()),
                    clock);

    @BeforeEach
    void doNotWait() {
        setbacks.close();
    }

    @Test
    void aWorkerThatGetsNowhereStopsAndSaysWhatFailedLast() {
        for (int i = 0; i < 19; i++) {
            setbacks.after(new IllegalStateException("again"));
        }

        assertThatThrownBy(() -> setbacks.after(new IllegalStateException("disk full")))
                .isInstanceOf(LabelerStoppedException.class)
                .hasMessageContaining("disk full");
    }

    @Test
    void aCommitForgivesWhatWasBefore() {
        for (int i = 0; i < 19; i++) {
            setbacks.after(new IllegalStateException("again"));
        }
        setbacks.reset();

        assertThatCode(() -> setbacks.after(new IllegalStateException("again")))
                .doesNotThrowAnyException();
    }

    @Test
    void beingFencedTwiceInAMinuteIsAnotherLabelerOfTheSameName() {
        setbacks.afterFencing(new ProducerFencedException("first"));

        assertThatThrownBy(() -> setbacks.afterFencing(new ProducerFencedException("second")))
                .isInstanceOf(LabelerStoppedException.class)
                .hasMessageContaining("gpu-box")
                .hasMessageContaining("LABELWORTH_INSTANCE");
    }

    @Test
    void beingFencedAfterEachOfTwoStandstillsIsNobodyElsesDoing() {
        for (int freeze = 0; freeze < 2; freeze++) {
            setbacks.turn();
            clock.now = clock.now.plusSeconds(15);
            setbacks.turn();

            assertThatCode(() -> setbacks.afterFencing(new ProducerFencedException("frozen")))
                    .doesNotThrowAnyException();
            setbacks.reset();
        }
    }
}
