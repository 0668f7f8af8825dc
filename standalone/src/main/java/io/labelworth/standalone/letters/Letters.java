package io.labelworth.standalone.letters;

import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.LetterState;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The dead letters as they stand: the latest record of each key.
 *
 * @param current oldest failure first
 */
public record Letters(List<Current> current) {

    static final String CLIENT = "labelworth-dead-letters";

    /**
     * A letter as it stands.
     *
     * @param key its key on dead-letters
     * @param position offset of that record on dead-letters, in the key's partition
     * @param letter what it says
     */
    public record Current(String key, long position, DeadLetter letter) {

        /** Whether it is in a state. */
        public boolean in(LetterState state) {
            return state.is(letter);
        }
    }

    /** Reads the topic to its committed end. */
    public static Letters read(EventConsumers consumers) {
        Map<String, Current> latest = new LinkedHashMap<>();
        try (TopicReader<DeadLetter> reader =
                new TopicReader<>(consumers, Topics.DEAD_LETTERS, CLIENT)) {
            reader.catchUp(
                    record -> {
                        if (record.value().readable()) {
                            latest.put(
                                    record.key(),
                                    new Current(
                                            record.key(), record.offset(), record.value().value()));
                        }
                    });
        }
        return new Letters(
                latest.values().stream()
                        .sorted(Comparator.comparing(current -> current.letter().getFailedAt()))
                        .toList());
    }

    /** Those that are meant. */
    public Letters only(Predicate<DeadLetter> selection) {
        return new Letters(
                current.stream().filter(letter -> selection.test(letter.letter())).toList());
    }

    /** Number of letters in a state. */
    public long count(LetterState state) {
        return current.stream().filter(letter -> letter.in(state)).count();
    }
}
