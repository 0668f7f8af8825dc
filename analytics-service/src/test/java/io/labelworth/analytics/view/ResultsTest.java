package io.labelworth.analytics.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

        Results.Backlog backlog = results.subscribe(null, change -> {});

        assertThat(backlog.changes()).extracting(Change::key).containsExactly("b", "a");
        assertThat(backlog.changes())
                .extracting(change -> change.value().get("n").asInt())
                .containsExactly(2, 3);
        assertThat(backlog.position()).isEqualTo("accuracy-summary-0:3");
    }

    @Test
    void whoComesBackGetsOnlyWhatChangedSince() {
        results.apply(SUMMARIES, 0, "a", event(1));
        results.apply(WORTHS, 0, "w", event(1));
        String seen = results.subscribe(null, change -> {}).position();
        results.apply(SUMMARIES, 1, "b", event(2));

        Results.Backlog backlog = results.subscribe(seen, change -> {});

        assertThat(backlog.changes()).extracting(Change::key).containsExactly("b");
    }

    @Test
    void idOfAnotherClusterOrNoIdAtAllStartsOver() {
        results.apply(SUMMARIES, 0, "a", event(1));

        List<Integer> sizes =
                List.of("accuracy-summary-0:99", "nonsense", ":", "a:b", "").stream()
                        .map(id -> results.subscribe(id, change -> {}).changes().size())
                        .toList();

        assertThat(sizes).containsOnly(1);
    }

    @Test
    void listenerHearsOfEveryChangeUntilItLeaves() {
        List<String> heard = new ArrayList<>();
        Consumer<Change> listener = change -> heard.add(change.key());
        results.subscribe(null, listener);
        results.apply(SUMMARIES, 0, "a", event(1));
        results.unsubscribe(listener);

        results.apply(SUMMARIES, 1, "b", event(2));

        assertThat(heard).containsExactly("a");
    }

    private static Interval event(int n) {
        return new Interval(n, 0.5, null, null);
    }
}
