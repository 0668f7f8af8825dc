package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.PatientPoll;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ImageRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The images a session is asked to try again: reads each reference from where its letter says, for
 * the partitions that the session holds. Whoever takes a partition up has read every outcome of its
 * earlier holders, so that no request is answered twice. Used by the polling thread; {@link
 * #answered} by the one that commits.
 */
final class Retries {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    // Read one by one between two polls of the group's consumer, which must go on.
    private static final int MOST_AT_ONCE = 256;

    private final String labellingId;
    private final RetryRequests requests;
    private final Supplier<Consumer<String, Decoded<ImageRef>>> consumers;
    private final Map<RetryRequest, Claim> underWay = new HashMap<>();
    private final Set<RetryRequest> answered = ConcurrentHashMap.newKeySet();

    /**
     * @param consumers opens a consumer without a group, closed after use: retries are rare
     */
    Retries(
            String labellingId,
            RetryRequests requests,
            Supplier<Consumer<String, Decoded<ImageRef>>> consumers) {
        this.labellingId = labellingId;
        this.requests = requests;
        this.consumers = consumers;
    }

    /** Adds what is asked for now and is not under way. */
    void addTo(BatchBuilder builder, Map<TopicPartition, Claim> claims) {
        Set<RetryRequest> pending = new LinkedHashSet<>(requests.pending(labellingId));
        underWay.keySet().retainAll(pending);
        answered.retainAll(pending);
        List<RetryRequest> open =
                pending.stream()
                        .filter(request -> mayTake(request, claims))
                        .limit(MOST_AT_ONCE)
                        .toList();
        if (!open.isEmpty()) {
            try (Consumer<String, Decoded<ImageRef>> consumer = consumers.get()) {
                take(open, consumer, builder, claims);
            }
        }
    }

    private void take(
            List<RetryRequest> open,
            Consumer<String, Decoded<ImageRef>> consumer,
            BatchBuilder builder,
            Map<TopicPartition, Claim> claims) {
        for (RetryRequest request : open) {
            Claim claim = claims.get(partition(request.letter()));
            if (request.resolved()) {
                builder.addResolved(claim, request);
            } else {
                Optional<ConsumerRecord<String, Decoded<ImageRef>>> record =
                        read(consumer, request.letter());
                if (record.isEmpty()) {
                    // The cluster is slow, and the others would take as long: the next turn's.
                    return;
                }
                builder.addRetry(claim, record.get(), request);
            }
            underWay.put(request, claim);
        }
    }

    /** The outcome of a request is committed. */
    void answered(RetryRequest request) {
        answered.add(request);
    }

    private boolean mayTake(RetryRequest request, Map<TopicPartition, Claim> claims) {
        Claim now = claims.get(partition(request.letter()));
        Claim before = underWay.get(request);
        // A reference that the claim has not reached will come by itself.
        return now != null
                && request.letter().getOffset() < now.progress().nextImageRef()
                && (before == null || !before.held())
                && !answered.contains(request);
    }

    /** The reference, or the one that follows where it is gone; empty when none came in time. */
    private static Optional<ConsumerRecord<String, Decoded<ImageRef>>> read(
            Consumer<String, Decoded<ImageRef>> consumer, DeadLetter letter) {
        TopicPartition partition = partition(letter);
        consumer.assign(List.of(partition));
        consumer.seek(partition, letter.getOffset());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (var record : PatientPoll.poll(consumer, POLL).records(partition)) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    private static TopicPartition partition(DeadLetter letter) {
        return new TopicPartition(letter.getTopic(), letter.getPartition());
    }
}
