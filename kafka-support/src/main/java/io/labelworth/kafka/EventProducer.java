package io.labelworth.kafka;

import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Typed producer of events: idempotent, all replicas acknowledge. A transactional one sends only
 * inside {@link #inTransaction}. Used by one thread.
 */
public final class EventProducer implements AutoCloseable {

    /**
     * An open transaction holds back every read_committed reader, so a dead one must be short
     * (KAFKA.md: 12 s).
     */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    /** A label is some 300 bytes and they come by the thousand: fewer, larger requests. */
    private static final int BATCH_BYTES = 128 << 10;

    private final Producer<String, SpecificRecord> producer;

    /**
     * Sends with a given producer, which is closed with this one; {@link #transactional} and {@link
     * #idempotent} make one that is safe.
     */
    public EventProducer(Producer<String, SpecificRecord> producer) {
        this.producer = producer;
    }

    /** A producer without transactions, for heartbeats and other records that stand alone. */
    public static EventProducer idempotent(
            KafkaSettings settings, SchemaRegistry registry, String clientId) {
        return new EventProducer(create(settings, registry, clientId, Map.of()));
    }

    /**
     * A transactional producer, initialised: earlier ones of the same id are fenced and their open
     * transaction is aborted.
     *
     * @param transactionalId stable over restarts of the same worker
     */
    public static EventProducer transactional(
            KafkaSettings settings, SchemaRegistry registry, String transactionalId) {
        Producer<String, SpecificRecord> producer =
                create(
                        settings,
                        registry,
                        transactionalId,
                        Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId));
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        return new EventProducer(producer);
    }

    /** Sends to the partition that the key's hash names. */
    public <V extends SpecificRecord> Future<RecordMetadata> send(
            Topic<V> topic, String key, V value) {
        return producer.send(new ProducerRecord<>(topic.name(), key, value));
    }

    /** Sends to a given partition. */
    public <V extends SpecificRecord> Future<RecordMetadata> send(
            Topic<V> topic, int partition, String key, V value) {
        return producer.send(new ProducerRecord<>(topic.name(), partition, key, value));
    }

    /** Sends and waits for the acknowledgement. */
    public <V extends SpecificRecord> RecordMetadata sendAndWait(
            Topic<V> topic, String key, V value) {
        return acknowledged(send(topic, key, value));
    }

    /**
     * Sends everything handed over so far without waiting for more, and for its acknowledgement.
     */
    public void flush() {
        producer.flush();
    }

    /** Adds consumed positions to the open transaction. */
    public void sendOffsets(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.sendOffsetsToTransaction(offsets, group);
    }

    /**
     * Runs a body in one transaction: all of its records and offsets become visible, or none.
     *
     * @throws ProducerFencedException when another worker took the transactional id over: stop
     * @throws TransactionAbortedException when nothing was written and the producer is still good:
     *     rewind the consumer and try again
     * @throws ProducerUnusableException when the outcome was not a clean abort (a frozen process
     *     that woke, for one): close this producer and the consumer, and build both anew
     */
    public void inTransaction(Runnable body) {
        try {
            producer.beginTransaction();
            body.run();
            producer.commitTransaction();
        } catch (ProducerFencedException e) {
            throw e;
        } catch (RuntimeException e) {
            abort(e);
            if (e instanceof KafkaException) {
                throw new TransactionAbortedException(e);
            }
            throw e;
        }
    }

    private void abort(RuntimeException failure) {
        try {
            producer.abortTransaction();
        } catch (ProducerFencedException e) {
            e.addSuppressed(failure);
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            e.addSuppressed(failure);
            throw new ProducerUnusableException(e);
        }
    }

    /** Waits for an acknowledgement; the producer's own delivery timeout bounds the wait. */
    public static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka
                    ? kafka
                    : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private static Producer<String, SpecificRecord> create(
            KafkaSettings settings,
            SchemaRegistry registry,
            String clientId,
            Map<String, Object> identity) {
        Map<String, Object> required = new java.util.HashMap<>(identity);
        required.put(ProducerConfig.ACKS_CONFIG, "all");
        required.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        Map<String, Object> preferred =
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Topic.MAX_RECORD_BYTES,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        TRANSACTION_TIMEOUT_MS);
        return new KafkaProducer<>(
                settings.client(clientId, preferred, required),
                new StringSerializer(),
                registry.serializer(SpecificRecord.class));
    }
}
