package io.labelworth.standalone.letters;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.LetterState;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.standalone.terminal.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Waits until letters in state retry have been tried. */
public final class RetryWait {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Long> waiting;
    private final int asked;
    private final List<DeadLetter> failedAgain = new ArrayList<>();

    /**
     * A wait for answers.
     *
     * @param positions where each letter in state retry is on dead-letters, by its key: an answer
     *     comes after it
     */
    public RetryWait(Map<String, Long> positions) {
        this.waiting = new HashMap<>(positions);
        this.asked = positions.size();
    }

    /** Follows the topic until each has its answer. */
    public void await(EventConsumers consumers, Progress progress) {
        try (TopicReader<DeadLetter> reader =
                        new TopicReader<>(consumers, Topics.DEAD_LETTERS, Letters.CLIENT);
                Progress.Stage stage = progress.stage("tried again", asked)) {
            while (!waiting.isEmpty()) {
                reader.poll(POLL).forEach(this::take);
                stage.at(
                        asked - waiting.size(),
                        failedAgain.isEmpty() ? "" : failedAgain.size() + " failed again");
            }
        }
    }

    /** Letters waited for. */
    public int asked() {
        return asked;
    }

    /** Letters that were resolved. */
    public int resolved() {
        return asked - waiting.size() - failedAgain.size();
    }

    /** Letters that failed again, in the order of their answers. */
    public List<DeadLetter> failedAgain() {
        return List.copyOf(failedAgain);
    }

    private void take(ConsumerRecord<String, Decoded<DeadLetter>> record) {
        Long position = waiting.get(record.key());
        if (position == null || record.offset() <= position || !record.value().readable()) {
            return;
        }
        DeadLetter letter = record.value().value();
        if (LetterState.RETRY.is(letter)) {
            return;
        }
        waiting.remove(record.key());
        if (LetterState.FAILED.is(letter)) {
            failedAgain.add(letter);
        }
    }
}
