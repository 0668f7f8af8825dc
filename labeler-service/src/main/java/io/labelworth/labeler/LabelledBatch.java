package io.labelworth.labeler;

import io.labelworth.schemas.event.SoftLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** What of it may still be written: the rest is somebody else's by now, or read again. */
    LabelledBatch held() {
        boolean all =
                Stream.of(
                                labels.stream().map(Label::claim),
                                failures.stream().map(Failure::claim),
                                next.keySet().stream())
                        .flatMap(claims -> claims)
                        .allMatch(Claim::held);
        if (all) {
            return this;
        }
        return new LabelledBatch(
                labels.stream().filter(label -> label.claim().held()).toList(),
                failures.stream().filter(failure -> failure.claim().held()).toList(),
                next.entrySet().stream()
                        .filter(position -> position.getKey().held())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
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
