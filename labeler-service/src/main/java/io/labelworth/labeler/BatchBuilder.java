package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.event.ImageRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Collects what polls give into batches: one is ready when it has enough images, or when its first
 * reference has waited long enough. Used by the polling thread.
 */
final class BatchBuilder {

    /** Long beside a poll of what is already fetched, short beside what a person notices. */
    static final Duration DEADLINE = Duration.ofMillis(50);

    private final ImageReader reader;
    private final int size;
    private List<Image> images = new ArrayList<>();
    private List<Failure> failures = new ArrayList<>();
    private Map<Claim, Reached> next = new HashMap<>();
    private long deadline;

    /**
     * @param size images from which a batch is ready; it may hold as many more as one poll gives
     */
    BatchBuilder(ImageReader reader, int size) {
        this.reader = reader;
        this.size = size;
    }

    /**
     * Adds what a poll gave. Positions move past records that are nobody's, such as commit markers,
     * too, and are committed with the rest: lag then reaches 0.
     *
     * @param claims the session's; what it no longer holds is left out
     */
    void add(ConsumerRecords<String, Decoded<ImageRef>> polled, Map<TopicPartition, Claim> claims) {
        boolean first = isEmpty();
        polled.nextOffsets()
                .forEach(
                        (partition, offset) -> {
                            Claim claim = claims.get(partition);
                            if (claim != null) {
                                for (var record : polled.records(partition)) {
                                    reader.read(claim, record, images, failures);
                                }
                                next.put(claim, new Reached(offset, claim.skipped()));
                            }
                        });
        if (first && !isEmpty()) {
            deadline = System.nanoTime() + DEADLINE.toNanos();
        }
    }

    /** Adds a reference that is tried again; it moves no position. */
    void addRetry(
            Claim claim, ConsumerRecord<String, Decoded<ImageRef>> record, RetryRequest request) {
        begin();
        reader.readAgain(claim, record, request, images, failures);
    }

    /** Adds a request for an image that has its label: its letter says so again. */
    void addResolved(Claim claim, RetryRequest request) {
        begin();
        failures.add(
                new Failure(
                        claim, LetterState.RESOLVED.of(request.letter()), Optional.of(request)));
    }

    private void begin() {
        if (isEmpty()) {
            deadline = System.nanoTime() + DEADLINE.toNanos();
        }
    }

    boolean isEmpty() {
        return next.isEmpty() && images.isEmpty() && failures.isEmpty();
    }

    boolean ready() {
        return images.size() >= size || !isEmpty() && System.nanoTime() >= deadline;
    }

    /** How long more references may be waited for, at most {@code longest}. */
    Duration patience(Duration longest) {
        if (isEmpty()) {
            return longest;
        }
        long nanos = Math.max(0, deadline - System.nanoTime());
        return nanos < longest.toNanos() ? Duration.ofNanos(nanos) : longest;
    }

    /** Takes what was collected; the next batch begins. */
    Batch take() {
        Batch batch = new Batch(images, failures, next, System.nanoTime());
        clear();
        return batch;
    }

    /** Drops what was collected. */
    void clear() {
        images = new ArrayList<>();
        failures = new ArrayList<>();
        next = new HashMap<>();
    }
}
