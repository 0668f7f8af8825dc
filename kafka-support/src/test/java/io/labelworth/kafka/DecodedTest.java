package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DecodedTest {

    @Test
    void holdsEitherAValueOrAnErrorNeverBothOrNone() {
        assertThat(Decoded.of("event").readable()).isTrue();
        assertThat(Decoded.unreadable("why").readable()).isFalse();
        assertThatThrownBy(() -> new Decoded<>("event", "why"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Decoded<>(null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
