package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.labelworth.schemas.event.DeadLetter;
import java.net.ConnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** What is wrong with a record is a value; what is wrong with the registry is thrown. */
class DecodingDeserializerTest {

    private static final byte[] BYTES = {0, 0, 0, 0, 1};

    @Test
    void aRecordThatIsNoAvroIsUnreadableWithItsReason() {
        Decoded<DeadLetter> decoded =
                decode(new SerializationException("Unknown magic byte!"), BYTES);

        assertThat(decoded.readable()).isFalse();
        assertThat(decoded.error()).contains("Unknown magic byte");
    }

    @Test
    void aRecordWithoutValueIsUnreadable() {
        assertThat(decode(new IllegalStateException("not asked"), null).readable()).isFalse();
    }

    @Test
    void aSchemaIdThatTheRegistryDoesNotKnowIsTheRecordsFault() {
        RestClientException unknownId = new RestClientException("Schema not found", 404, 40403);

        Decoded<DeadLetter> decoded =
                decode(new SerializationException("no schema", unknownId), BYTES);

        assertThat(decoded.readable()).isFalse();
    }

    @Test
    void aRegistryThatIsAwayIsNotTheRecordsFault() {
        Exception refused = new ConnectException("Connection refused");
        Exception failing = new RestClientException("down for maintenance", 503, 50301);

        assertThatThrownBy(() -> decode(new SerializationException("io", refused), BYTES))
                .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> decode(new SerializationException("io", failing), BYTES))
                .isInstanceOf(TimeoutException.class);
    }

    private static Decoded<DeadLetter> decode(RuntimeException thrown, byte[] bytes) {
        Deserializer<DeadLetter> failing =
                (topic, value) -> {
                    throw thrown;
                };
        return new DecodingDeserializer<>(failing).deserialize("topic", bytes);
    }
}
