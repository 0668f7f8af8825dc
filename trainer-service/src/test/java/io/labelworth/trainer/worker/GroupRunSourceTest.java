package io.labelworth.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.event.TrainingRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupRunSourceTest {

    private static final Duration NO_WAIT = Duration.ZERO;
    private static final TopicPartition PARTITION = new TopicPartition("training-runs", 3);

    private final MockConsumer<String, Decoded<TrainingRun>> consumer =
            new MockConsumer<>("earliest");
    private GroupRunSource source;

    @BeforeEach
    void aRunOnAPartition() {
        source = new GroupRunSource(consumer, new TrainerGroup.Limits(Duration.ofSeconds(30), 2));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.rebalance(List.of(PARTITION));
        consumer.setMaxPollRecords(1);
        consumer.addRecord(record(0));
    }

    @Test
    void nothingElseIsFetchedWhileARunIsHeld() {
        // Given
        source.next(NO_WAIT);

        // When
        boolean ours = source.renew();

        // Then
        assertThat(ours).isTrue();
        assertThat(consumer.paused()).containsExactly(PARTITION);
    }

    @Test
    void aRunDoneIsCommittedAndTheNextOneComes() {
        // Given
        consumer.addRecord(record(1));
        source.next(NO_WAIT);

        // When
        source.done();

        // Then
        assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset()).isEqualTo(1);
        assertThat(source.next(NO_WAIT).orElseThrow().record().offset()).isEqualTo(1);
    }

    @Test
    void aRunReleasedComesAgainAndSaysWhenItIsTheLastTime() {
        // Given
        source.next(NO_WAIT);

        // When
        source.release();

        // Then
        consumer.addRecord(record(0));
        RunDelivery again = source.next(NO_WAIT).orElseThrow();
        assertThat(again.record().offset()).isZero();
        assertThat(again.deliveries()).isEqualTo(2);
        assertThat(again.last()).isTrue();
    }

    @Test
    void aRunWhosePartitionIsTakenAwayIsLost() {
        // Given
        source.next(NO_WAIT);

        // When
        source.onPartitionsRevoked(List.of(PARTITION));

        // Then
        assertThat(source.renew()).isFalse();
    }

    private static ConsumerRecord<String, Decoded<TrainingRun>> record(long offset) {
        return new ConsumerRecord<>(
                PARTITION.topic(), PARTITION.partition(), offset, "k", Decoded.unreadable("x"));
    }
}
