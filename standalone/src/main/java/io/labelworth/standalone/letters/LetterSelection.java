package io.labelworth.standalone.letters;

import io.labelworth.schemas.event.DeadLetter;
import java.util.function.Predicate;

/**
 * Which letters are meant.
 *
 * @param kind only failures of this kind; null for all
 * @param checkpoint only letters of this checkpoint id; null for all
 */
public record LetterSelection(String kind, String checkpoint) implements Predicate<DeadLetter> {

    @Override
    public boolean test(DeadLetter letter) {
        return (kind == null || kind.equals(letter.getKind()))
                && (checkpoint == null || checkpoint.equals(letter.getCheckpointId()));
    }
}
