package io.labelworth.standalone.letters;

import static io.labelworth.standalone.letters.Given.announced;
import static io.labelworth.standalone.letters.Given.image;
import static io.labelworth.standalone.letters.Given.letters;
import static io.labelworth.standalone.letters.Given.other;
import static io.labelworth.standalone.letters.Given.resolved;
import static io.labelworth.standalone.letters.Given.standing;
import static io.labelworth.standalone.letters.Given.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.kafka.LetterState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final LetterSelection ALL = new LetterSelection(null, null);

    @Test
    void imagesOfServedCheckpointsAreAskedForAndOnlyTheFailedOnes() {
        RetryPlan plan =
                RetryPlan.of(
                        letters(
                                image("a", 1),
                                resolved(image("a", 2)),
                                LetterState.RETRY.of(image("a", 3))),
                        ALL,
                        standing(announced("a", 0, false)));

        assertThat(plan.images()).containsExactly(image("a", 1));
        assertThat(plan.announcements()).isEmpty();
        assertThat(plan.skipped()).isEmpty();
    }

    @Test
    void onlyWhatIsSelectedIsAskedFor() {
        RetryPlan plan =
                RetryPlan.of(
                        letters(image("a", 1), image("b", 2)),
                        new LetterSelection("missing-file", "b"),
                        standing(announced("a", 0, false), announced("b", 1, false)));

        assertThat(plan.images()).containsExactly(image("b", 2));
    }

    @Test
    void aCheckpointThatFailedAsAWholeIsAnnouncedAgainAsItIs() {
        RetryPlan plan =
                RetryPlan.of(letters(whole("a", 7)), ALL, standing(announced("a", 7, false)));

        assertThat(plan.checkpoints()).containsExactly(whole("a", 7));
        assertThat(plan.announcements()).containsExactly(Given.checkpoint("a", false));
    }

    @Test
    void anAnnouncementThatNoLongerStandsIsSkipped() {
        RetryPlan plan =
                RetryPlan.of(
                        letters(whole("replaced", 1), whole("retired", 2), whole("removed", 3)),
                        ALL,
                        standing(announced("replaced", 9, false), announced("retired", 2, true)));

        assertThat(plan.checkpoints()).isEmpty();
        assertThat(plan.skipped())
                .isEqualTo(Map.of("their announcement was since replaced, retired or removed", 3L));
    }

    @Test
    void imagesThatNoLabelerWouldTryAreSkipped() {
        RetryPlan plan =
                RetryPlan.of(
                        letters(image("retired", 1), image("broken", 2), whole("broken", 5)),
                        new LetterSelection("missing-file", null),
                        standing(announced("retired", 0, true), announced("broken", 5, false)));

        assertThat(plan.images()).isEmpty();
        assertThat(plan.skipped().values()).containsExactly(2L);
        assertThat(plan.skipped().keySet()).first().asString().contains("served");
    }

    @Test
    void imagesOfACheckpointThatIsAnnouncedAgainAreTriedToo() {
        RetryPlan plan =
                RetryPlan.of(
                        letters(image("broken", 2), whole("broken", 5)),
                        ALL,
                        standing(announced("broken", 5, false)));

        assertThat(plan.images()).hasSize(1);
        assertThat(plan.checkpoints()).hasSize(1);
    }

    @Test
    void lettersAboutOtherTopicsAreSkippedByTopic() {
        RetryPlan plan =
                RetryPlan.of(
                        letters(
                                other("accuracy", 1),
                                other("accuracy", 2),
                                other("experiments", 1)),
                        ALL,
                        standing());

        assertThat(plan.skipped())
                .isEqualTo(
                        Map.of(
                                "letters about accuracy cannot be tried again", 2L,
                                "letters about experiments cannot be tried again", 1L));
    }
}
