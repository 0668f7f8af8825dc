package io.labelworth.analytics.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.analytics.rules.Family;
import io.labelworth.analytics.rules.Summaries;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Interval;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final TopicPartition SUMMARIES =
            new TopicPartition(Topics.ACCURACY_SUMMARY.name(), 0);
    private static final TopicPartition WORTHS = new TopicPartition(Topics.LABEL_WORTH.name(), 0);

    private final Results results = new Results();

    @Test
    void newcomerGetsTheLatestOfEveryKey() {
        results.apply(SUMMARIES, 0, "a", event(1));
        results.apply(SUMMARIES, 1, "b", event(2));
        results.apply(SUMMARIES, 2, "a", event(3));

        Changes missed = results.missed(null);

        assertThat(missed.events()).extracting(Change::key).containsExactly("b", "a");
        assertThat(missed.events())
                .extracting(change -> change.value().get("n").asInt())
                .containsExactly(2, 3);
        assertThat(missed.position()).isEqualTo("accuracy-summary-0:3");
    }

    @Test
    void whoComesBackGetsOnlyWhatChangedSince() {
        results.apply(SUMMARIES, 0, "a", event(1));
        results.apply(WORTHS, 0, "w", event(1));
        String seen = results.missed(null).position();
        results.apply(SUMMARIES, 1, "b", event(2));

        Changes missed = results.missed(seen);

        assertThat(missed.events()).extracting(Change::key).containsExactly("b");
    }

    @Test
    void idOfAnotherClusterOrNoIdAtAllStartsOver() {
        results.apply(SUMMARIES, 0, "a", event(1));

        List<Integer> sizes =
                List.of("accuracy-summary-0:99", "nonsense", ":", "a:b", "").stream()
                        .map(id -> results.missed(id).events().size())
                        .toList();

        assertThat(sizes).containsOnly(1);
    }

    @Test
    void whoFollowsHearsOfTheLatestOfEachKeyOnce() {
        results.apply(SUMMARIES, 0, "a", event(1));
        results.apply(SUMMARIES, 1, "b", event(2));
        results.apply(SUMMARIES, 2, "a", event(3));

        Changes first = results.drain();
        results.apply(SUMMARIES, 3, "c", event(4));
        Changes second = results.drain();

        assertThat(first.events()).extracting(Change::key).containsExactly("b", "a");
        assertThat(first.position()).isEqualTo("accuracy-summary-0:3");
        assertThat(second.events()).extracting(Change::key).containsExactly("c");
        assertThat(results.drain().events()).isEmpty();
    }

    @Test
    void everyEventNamesItsFamily() {
        var summary =
                Summaries.of(List.of(io.labelworth.analytics.Results.hard(1, 1, 0.5).build()));
        results.apply(SUMMARIES, 0, "id", summary);
        results.apply(WORTHS, 0, "d@1/real/student/recipe/50", event(1));

        assertThat(results.latest(Topics.ACCURACY_SUMMARY).get("id").value().get("family").asText())
                .isEqualTo(Family.of(summary).key());
        assertThat(
                        results.latest(Topics.LABEL_WORTH)
                                .firstEntry()
                                .getValue()
                                .value()
                                .get("family")
                                .asText())
                .isEqualTo("d@1/real/student/recipe");
    }

    private static Interval event(int n) {
        return new Interval(n, 0.5, null, null);
    }
}
