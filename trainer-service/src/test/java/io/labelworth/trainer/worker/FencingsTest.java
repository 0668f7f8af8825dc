package io.labelworth.trainer.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;

class FencingsTest {

    private Instant now = Instant.EPOCH;
    private final InstantSource time = () -> now;
    private final Fencings fencings = new Fencings("gpu-box.0", time.withZone(ZoneOffset.UTC));

    @Test
    void beingFencedTwiceInAMinuteIsAnotherTrainerOfTheSameName() {
        // Given
        fencings.add(new ProducerFencedException("first"));
        now = now.plusSeconds(59);

        // When, Then
        assertThatThrownBy(() -> fencings.add(new ProducerFencedException("second")))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("gpu-box.0")
                .hasMessageContaining("LABELWORTH_INSTANCE");
    }

    @Test
    void beingFencedNowAndThenIsTheCoordinator() {
        // Given
        fencings.add(new ProducerFencedException("first"));
        now = now.plusSeconds(61);

        // When, Then
        assertThatCode(() -> fencings.add(new ProducerFencedException("second")))
                .doesNotThrowAnyException();
    }
}
