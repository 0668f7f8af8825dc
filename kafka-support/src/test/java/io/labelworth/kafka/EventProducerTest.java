package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a transaction ends decides what its owner has to rebuild. */
class EventProducerTest {

    private final MockProducer<String, SpecificRecord> kafka =
            new MockProducer<>(
                    true, null, (topic, key) -> new byte[0], (topic, value) -> new byte[0]);
    private final EventProducer producer = new EventProducer(kafka);
    private final DeadLetter letter =
            new DeadLetters(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), "worker")
                    .about(new ConsumerRecord<>("topic", 0, 0, "key", "value"), "kind", "reason");

    @BeforeEach
    void initialise() {
        kafka.initTransactions();
    }

    @Test
    void aBodyThatReturnsIsCommittedAsAWhole() {
        producer.inTransaction(() -> producer.send(Topics.DEAD_LETTERS, "key", letter));

        assertThat(kafka.history()).hasSize(1);
        assertThat(kafka.transactionCommitted()).isTrue();
    }

    @Test
    void aKafkaFailureAbortsAndTheProducerIsStillGood() {
        assertThatThrownBy(
                        () ->
                                producer.inTransaction(
                                        () -> {
                                            producer.send(Topics.DEAD_LETTERS, "key", letter);
                                            throw new KafkaException("no leader");
                                        }))
                .isInstanceOf(TransactionAbortedException.class)
                .hasMessageContaining("no leader");

        assertThat(kafka.history()).isEmpty();
        assertThat(kafka.transactionAborted()).isTrue();
    }

    @Test
    void aFailureOfTheBodyItselfAbortsAndIsNotDisguised() {
        assertThatThrownBy(
                        () ->
                                producer.inTransaction(
                                        () -> {
                                            throw new IllegalArgumentException("a bug");
                                        }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(kafka.transactionAborted()).isTrue();
    }

    @Test
    void beingFencedIsSaidAsSuch() {
        kafka.commitTransactionException = new ProducerFencedException("a newer one");

        assertThatThrownBy(() -> producer.inTransaction(() -> {}))
                .isInstanceOf(ProducerFencedException.class);
    }

    @Test
    void anAbortThatFailsMakesTheProducerUnusable() {
        kafka.commitTransactionException = new InvalidTxnStateException("woke up late");
        kafka.abortTransactionException = new InvalidTxnStateException("no such transaction");

        assertThatThrownBy(() -> producer.inTransaction(() -> {}))
                .isInstanceOf(ProducerUnusableException.class);
    }
}
