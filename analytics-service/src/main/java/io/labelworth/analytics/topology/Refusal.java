package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.ResultCheck;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.DeadLetter;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns a record that cannot be counted into a dead letter that names its position and reason. */
final class Refusal extends ContextualProcessor<String, Decoded<Accuracy>, String, DeadLetter> {

    private final DeadLetters deadLetters;

    Refusal(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Whether a record goes on to be counted or looked at; the others are refused. */
    static boolean acceptable(String key, Decoded<Accuracy> event) {
        return event.readable() && problem(key, event.value()).isEmpty();
    }

    @Override
    public void process(Record<String, Decoded<Accuracy>> record) {
        RecordMetadata at =
                context()
                        .recordMetadata()
                        .orElseThrow(() -> new IllegalStateException("a record from nowhere"));
        ConsumerRecord<String, Accuracy> source =
                new ConsumerRecord<>(at.topic(), at.partition(), at.offset(), record.key(), null);
        Decoded<Accuracy> event = record.value();
        DeadLetter letter =
                event.readable()
                        ? deadLetters.about(
                                source,
                                "unusable-result",
                                problem(record.key(), event.value()).orElseThrow())
                        : deadLetters.about(source, "unreadable-event", event.error());
        String key = Keys.deadLetter(at.topic(), at.partition(), at.offset(), null);
        context().forward(new Record<>(key, letter, record.timestamp()));
    }

    private static Optional<String> problem(String key, Accuracy event) {
        return event.getFinalResult() ? ResultCheck.problem(key, event) : Optional.empty();
    }
}
