package io.labelworth.trainer.worker;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.TrainingRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs out of a share group (KIP-932): any worker takes the next one, whatever its partition. The
 * broker locks a record for the group's lock duration; {@link #renew} extends the lock with a RENEW
 * acknowledgement (KIP-1222), after which the same record comes back from poll.
 */
final class ShareRunSource implements RunSource {

    private static final Logger log = LoggerFactory.getLogger(ShareRunSource.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ShareConsumer<String, Decoded<TrainingRun>> consumer;
    private final TrainerGroup.Limits limits;
    private ConsumerRecord<String, Decoded<TrainingRun>> held;

    ShareRunSource(
            ShareConsumer<String, Decoded<TrainingRun>> consumer, TrainerGroup.Limits limits) {
        this.consumer = consumer;
        this.limits = limits;
        consumer.subscribe(List.of(Topics.TRAINING_RUNS.name()));
    }

    @Override
    public Optional<RunDelivery> next(Duration timeout) {
        for (ConsumerRecord<String, Decoded<TrainingRun>> record : consumer.poll(timeout)) {
            if (held == null) {
                held = record;
            } else {
                putBack(record);
            }
        }
        return Optional.ofNullable(held).map(this::delivery);
    }

    @Override
    public Duration renewEvery() {
        Duration lock =
                consumer.acquisitionLockTimeoutMs()
                        .map(Duration::ofMillis)
                        .orElse(limits.lockDuration());
        return lock.dividedBy(3);
    }

    @Override
    public boolean renew() {
        ConsumerRecord<String, Decoded<TrainingRun>> wanted = held;
        held = null;
        consumer.acknowledge(wanted, AcknowledgeType.RENEW);
        if (!committed("renew", wanted)) {
            return false;
        }
        long deadline = System.nanoTime() + renewEvery().toNanos();
        while (held == null && System.nanoTime() < deadline) {
            for (ConsumerRecord<String, Decoded<TrainingRun>> record : consumer.poll(POLL)) {
                if (record.partition() == wanted.partition()
                        && record.offset() == wanted.offset()) {
                    held = record;
                } else {
                    putBack(record);
                }
            }
        }
        return held != null;
    }

    @Override
    public void done() {
        giveBack(AcknowledgeType.ACCEPT);
    }

    @Override
    public void release() {
        giveBack(AcknowledgeType.RELEASE);
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }

    private RunDelivery delivery(ConsumerRecord<String, Decoded<TrainingRun>> record) {
        int deliveries = record.deliveryCount().map(Short::intValue).orElse(1);
        return new RunDelivery(record, deliveries, deliveries >= limits.deliveries());
    }

    private void giveBack(AcknowledgeType how) {
        if (held == null) {
            return;
        }
        ConsumerRecord<String, Decoded<TrainingRun>> record = held;
        held = null;
        consumer.acknowledge(record, how);
        committed(how.toString(), record);
    }

    private void putBack(ConsumerRecord<String, Decoded<TrainingRun>> record) {
        consumer.acknowledge(record, AcknowledgeType.RELEASE);
        committed("release", record);
    }

    /** A refused acknowledgement means that the lock ran out: somebody else has the record. */
    private boolean committed(String what, ConsumerRecord<?, ?> record) {
        Map<TopicIdPartition, Optional<KafkaException>> outcome = consumer.commitSync();
        Optional<KafkaException> refused =
                outcome.values().stream().flatMap(Optional::stream).findFirst();
        refused.ifPresent(
                e ->
                        log.warn(
                                "{} was refused partition={} offset={}: {}",
                                what,
                                record.partition(),
                                record.offset(),
                                e.getMessage()));
        return refused.isEmpty();
    }
}
