package io.labelworth.labeler;

import io.labelworth.schemas.event.SoftLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What one transaction writes: labels, dead letters, and the positions they are of.
 *
 * @param labels in the order of the references
 * @param failures one for each reference that cannot be labelled
 * @param next positions afterwards
 */
record LabelledBatch(
        List<Label> labels, List<Failure> failures, Map<Claim, OffsetAndMetadata> next) {

    /**
     * A label and where it goes: the partition of soft-labels that has the number of the claim's.
     *
     * @param retry request to try the image again after it failed; empty on its first try
     */
    record Label(Claim claim, String key, SoftLabel event, Optional<RetryRequest> retry) {}

    /** Batches that follow each other as one. */
    static LabelledBatch joined(List<LabelledBatch> batches) {
        List<Label> labels = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        Map<Claim, OffsetAndMetadata> next = new HashMap<>();
        for (LabelledBatch batch : batches) {
            labels.addAll(batch.labels);
            failures.addAll(batch.failures);
            next.putAll(batch.next);
        }
        return new LabelledBatch(labels, failures, next);
    }

    /**
     * What of it may still be written: the rest is somebody else's by now, or read again. Each
     * claim is looked at once, since one may be lost meanwhile.
     */
    LabelledBatch held() {
        Set<Claim> held = new HashSet<>(next.keySet());
        labels.forEach(label -> held.add(label.claim()));
        failures.forEach(failure -> held.add(failure.claim()));
        if (!held.removeIf(claim -> !claim.held())) {
            return this;
        }
        Map<Claim, OffsetAndMetadata> heldNext = new HashMap<>(next);
        heldNext.keySet().retainAll(held);
        return new LabelledBatch(
                labels.stream().filter(label -> held.contains(label.claim())).toList(),
                failures.stream().filter(failure -> held.contains(failure.claim())).toList(),
                heldNext);
    }

    /** The requests that it answers. */
    List<RetryRequest> retries() {
        return Stream.concat(
                        labels.stream().map(Label::retry), failures.stream().map(Failure::retry))
                .flatMap(Optional::stream)
                .toList();
    }

    boolean isEmpty() {
        return labels.isEmpty() && failures.isEmpty() && next.isEmpty();
    }
}
