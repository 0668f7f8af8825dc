package io.labelworth.kafka;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads values as {@link Decoded}. What is wrong with the record becomes its error; an unreachable
 * registry is not the record's fault and is thrown, so that the consumer keeps its position and
 * tries again.
 */
final class DecodingDeserializer<V extends SpecificRecord> implements Deserializer<Decoded<V>> {

    private static final int SERVER_ERROR = 500;

    private final Deserializer<V> values;

    DecodingDeserializer(Deserializer<V> values) {
        this.values = values;
    }

    @Override
    public Decoded<V> deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return Decoded.unreadable("the record has no value");
        }
        try {
            return Decoded.of(values.deserialize(topic, bytes));
        } catch (SerializationException | ClassCastException e) {
            Optional<Throwable> fault = registryFault(e);
            if (fault.isPresent()) {
                throw new TimeoutException("the schema registry did not answer", fault.get());
            }
            return Decoded.unreadable(
                    e.getClass().getSimpleName() + ": " + e.getMessage() + causeOf(e));
        }
    }

    private static Optional<Throwable> registryFault(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            boolean serverSide =
                    t instanceof RestClientException rest && rest.getStatus() >= SERVER_ERROR;
            boolean network =
                    t instanceof SocketException
                            || t instanceof UnknownHostException
                            || t instanceof InterruptedIOException;
            if (serverSide || network) {
                return Optional.of(t);
            }
        }
        return Optional.empty();
    }

    private static String causeOf(Throwable failure) {
        return failure.getCause() == null ? "" : " (" + failure.getCause().getMessage() + ")";
    }
}
