package io.labelworth.standalone.letters;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Asks for another try.
 *
 * @param plan what was asked for
 * @param positions where each letter in state retry is on dead-letters, by its key
 */
public record Retry(RetryPlan plan, Map<String, Long> positions) {

    /** Well within the time a transaction may take. */
    private static final int LETTERS_PER_TRANSACTION = 10_000;

    /**
     * Writes what another try of the selected letters takes. The transactional id fences whoever
     * asks at the same time, and it is taken before the letters are read, so that none is asked for
     * twice.
     */
    public static Retry ask(KafkaConnection kafka, LetterSelection selection) {
        try (EventProducer producer =
                EventProducer.transactional(kafka.settings(), kafka.registry(), Letters.CLIENT)) {
            RetryPlan plan =
                    RetryPlan.of(
                            Letters.read(kafka.consumers()),
                            selection,
                            StandingCheckpoints.read(kafka.consumers(), Letters.CLIENT));
            announce(producer, plan);
            Map<String, Long> positions = new HashMap<>();
            List<DeadLetter> images = plan.images();
            for (int from = 0; from < images.size(); from += LETTERS_PER_TRANSACTION) {
                int to = Math.min(images.size(), from + LETTERS_PER_TRANSACTION);
                positions.putAll(retry(producer, images.subList(from, to)));
            }
            return new Retry(plan, positions);
        }
    }

    private static void announce(EventProducer producer, RetryPlan plan) {
        if (plan.checkpoints().isEmpty()) {
            return;
        }
        producer.inTransaction(
                () -> {
                    for (ExpertCheckpoint checkpoint : plan.announcements()) {
                        producer.send(
                                Topics.EXPERT_CHECKPOINTS,
                                checkpoint.getCheckpointId(),
                                checkpoint);
                    }
                    plan.checkpoints()
                            .forEach(
                                    letter ->
                                            DeadLetters.send(
                                                    producer, LetterState.RESOLVED.of(letter)));
                });
    }

    private static Map<String, Long> retry(EventProducer producer, List<DeadLetter> letters) {
        Map<String, Future<RecordMetadata>> sent = new HashMap<>();
        producer.inTransaction(
                () ->
                        letters.forEach(
                                letter ->
                                        sent.put(
                                                DeadLetters.keyOf(letter),
                                                DeadLetters.send(
                                                        producer, LetterState.RETRY.of(letter)))));
        Map<String, Long> positions = new HashMap<>();
        sent.forEach((key, at) -> positions.put(key, EventProducer.acknowledged(at).offset()));
        return positions;
    }
}
