package io.labelworth.trainer.view;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.PatientPoll;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.OffsetPin;
import io.labelworth.schemas.event.SoftLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the labels of labellings into the view: the offset ranges that pins name, less what is
 * there already. Labellings that runs have not asked for longest are dropped. One load at a time.
 */
final class LabelLoader {

    private static final Logger log = LoggerFactory.getLogger(LabelLoader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Map<String, ?> LARGE_POLLS =
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);

    private final EventConsumers consumers;
    private final LabelView view;
    private final String clientId;
    private final int capacity;
    private final Set<String> leastRecentFirst;

    LabelLoader(EventConsumers consumers, LabelView view, String clientId, int capacity) {
        this.consumers = consumers;
        this.view = view;
        this.clientId = clientId;
        this.capacity = capacity;
        this.leastRecentFirst = new LinkedHashSet<>(view.labellings());
    }

    /**
     * Loads until every pin is covered, and gives the view of that moment: what another run's load
     * drops after it, the snapshot still shows.
     *
     * @param needed pins by labelling
     * @param patience for the message: what the deadline comes from
     * @throws ViewException when a pin is not covered in time
     */
    synchronized ViewSnapshot load(
            Map<String, List<OffsetPin>> needed, Deadline deadline, Duration patience) {
        touch(needed.keySet());
        needed.forEach(
                (labellingId, pins) ->
                        load(labellingId, pins, deadline).stream()
                                .findFirst()
                                .ifPresent(
                                        missing -> {
                                            throw new ViewException(
                                                    String.format(
                                                            "soft-labels partition %d did not"
                                                                    + " reach offset %d within %d s",
                                                            missing.getPartition(),
                                                            missing.getNextLabelOffset(),
                                                            patience.toSeconds()));
                                        }));
        return view.snapshot();
    }

    /** Loads one labelling; gives the pins not covered in time. */
    private List<OffsetPin> load(String labellingId, List<OffsetPin> pins, Deadline deadline) {
        Map<TopicPartition, OffsetPin> missing = new HashMap<>();
        pins.stream()
                .filter(pin -> !covered(labellingId, pin))
                .forEach(pin -> missing.put(partition(pin), pin));
        if (missing.isEmpty()) {
            return List.of();
        }
        try (var consumer = consumers.assigned(Topics.SOFT_LABELS, clientId, LARGE_POLLS)) {
            consumer.assign(missing.keySet());
            missing.values().forEach(pin -> consumer.seek(partition(pin), start(labellingId, pin)));
            while (!missing.isEmpty() && !deadline.passed()) {
                readOn(consumer, labellingId, missing);
            }
        }
        return List.copyOf(missing.values());
    }

    private void readOn(
            KafkaConsumer<String, Decoded<SoftLabel>> consumer,
            String labellingId,
            Map<TopicPartition, OffsetPin> missing) {
        ConsumerRecords<String, Decoded<SoftLabel>> records = PatientPoll.poll(consumer, POLL);
        for (OffsetPin pin : List.copyOf(missing.values())) {
            TopicPartition partition = partition(pin);
            long next = consumer.position(partition);
            if (next > start(labellingId, pin)) {
                view.addLabels(
                        labellingId,
                        pin.getPartition(),
                        labelsOf(labellingId, records.records(partition)),
                        new LabelRange(pin.getFirstLabelOffset(), next));
            }
            if (covered(labellingId, pin)) {
                missing.remove(partition);
                consumer.pause(List.of(partition));
            }
        }
    }

    private void touch(Set<String> needed) {
        leastRecentFirst.removeAll(needed);
        leastRecentFirst.addAll(needed);
        // A run of more labellings than the capacity has them all the same.
        while (leastRecentFirst.size() > Math.max(capacity, needed.size())) {
            String oldest = leastRecentFirst.iterator().next();
            leastRecentFirst.remove(oldest);
            view.drop(oldest);
            log.info("dropped an unused labelling from the label view labelling={}", oldest);
        }
    }

    private boolean covered(String labellingId, OffsetPin pin) {
        return view.loaded(labellingId, pin.getPartition())
                .filter(range -> range.covers(pin.getFirstLabelOffset(), pin.getNextLabelOffset()))
                .isPresent();
    }

    private long start(String labellingId, OffsetPin pin) {
        return view.loaded(labellingId, pin.getPartition())
                .map(LabelRange::next)
                .orElse(pin.getFirstLabelOffset());
    }

    private static TopicPartition partition(OffsetPin pin) {
        return new TopicPartition(Topics.SOFT_LABELS.name(), pin.getPartition());
    }

    private static List<SoftLabel> labelsOf(
            String labellingId, List<ConsumerRecord<String, Decoded<SoftLabel>>> records) {
        List<SoftLabel> labels = new ArrayList<>();
        for (ConsumerRecord<String, Decoded<SoftLabel>> record : records) {
            if (!record.value().readable()) {
                log.warn(
                        "skipped an unreadable label partition={} offset={}: {}",
                        record.partition(),
                        record.offset(),
                        record.value().error());
                continue;
            }
            SoftLabel label = record.value().value();
            if (label.getLabellingId().equals(labellingId)) {
                labels.add(label);
            }
        }
        return labels;
    }
}
