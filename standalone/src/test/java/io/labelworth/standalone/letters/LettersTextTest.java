package io.labelworth.standalone.letters;

import static io.labelworth.standalone.letters.Given.announced;
import static io.labelworth.standalone.letters.Given.image;
import static io.labelworth.standalone.letters.Given.letters;
import static io.labelworth.standalone.letters.Given.other;
import static io.labelworth.standalone.letters.Given.standing;
import static io.labelworth.standalone.letters.Given.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.event.DeadLetter;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LettersTextTest {

    @Test
    void lettersAreByCheckpointAndKind() {
        String text =
                LettersText.render(
                        letters(
                                image("a", 1),
                                LetterState.RETRY.of(image("a", 2)),
                                whole("a", 3),
                                other("accuracy", 4)));

        assertThat(text)
                .isEqualTo(
                        """
                        a
                          missing-file: 1 failed, 1 to be tried again
                            2026-11-21T12:00:01Z  train-1  image-refs-0@1  there is no file 1
                            2026-11-21T12:00:02Z  train-2  image-refs-0@2  [retry]  there is no file 2
                          wrong-hash: 1 failed
                            2026-11-21T12:00:03Z  the checkpoint as a whole, expert-checkpoints-0@3  other weights

                        topic accuracy
                          unreadable-event: 1 failed
                            2026-11-21T12:00:04Z  accuracy-0@4  not Avro

                        4 dead letters: 3 failed, 1 to be tried again
                        """);
    }

    @Test
    void ofManyOfAKindTheFirstAreShown() {
        DeadLetter[] many =
                LongStream.range(0, 8).mapToObj(i -> image("a", i)).toArray(DeadLetter[]::new);

        assertThat(LettersText.render(letters(many)))
                .contains("train-4", "and 3 more (--json)")
                .doesNotContain("train-5");
    }

    @Test
    void aReasonIsOneLine() {
        DeadLetter letter =
                DeadLetter.newBuilder(image("a", 1)).setReason("first\n\tsecond").build();

        assertThat(LettersText.render(letters(letter))).contains("first; second\n");
    }

    @Test
    void aRetrySaysWhatItAskedForAndHowToFollowIt() {
        RetryPlan plan =
                RetryPlan.of(
                        letters(image("a", 1), whole("a", 2), other("accuracy", 1)),
                        new LetterSelection(null, null),
                        standing(announced("a", 2, false)));

        assertThat(LettersText.render(plan))
                .isEqualTo(
                        """
                        asked for another try of 1 image; ./labelworth dead-letters shows what is left
                        announced a again; ./labelworth status shows how it goes
                        skipped 1: letters about accuracy cannot be tried again
                        """);
        assertThat(
                        LettersText.render(
                                RetryPlan.of(
                                        letters(), new LetterSelection(null, null), standing())))
                .isEqualTo("nothing to try again\n");
    }
}
