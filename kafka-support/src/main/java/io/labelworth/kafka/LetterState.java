package io.labelworth.kafka;

import io.labelworth.schemas.event.DeadLetter;
import java.util.Locale;

/** What became of a dead letter. */
public enum LetterState {
    /** Not processed, and nobody is asked to try again. */
    FAILED,
    /** Somebody asked to try again; whoever owns the record's partition answers. */
    RETRY,
    /** Processed since. */
    RESOLVED;

    /** The state as events have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a letter is in this state. */
    public boolean is(DeadLetter letter) {
        return letter.getState().equals(text());
    }

    /** The same letter in this state. */
    public DeadLetter of(DeadLetter letter) {
        return DeadLetter.newBuilder(letter).setState(text()).build();
    }
}
