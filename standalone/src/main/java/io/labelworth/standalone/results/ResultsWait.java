package io.labelworth.standalone.results;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.schemas.event.AccuracySummary;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until analytics has counted given runs and drawn its conclusions from them. */
public final class ResultsWait {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int TRIES = 200;

    private final EventConsumers consumers;

    /** A wait on one cluster. */
    public ResultsWait(EventConsumers consumers) {
        this.consumers = consumers;
    }

    /**
     * The results, once they hold all of the runs.
     *
     * @param check called between looks; what it throws ends the wait
     * @return results of the configurations of those runs
     * @throws ConfigurationException when analytics does not get there within a minute
     */
    public Results until(Collection<String> runIds, Runnable check) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Results all = Results.read(consumers);
            Results ours = all.only(configurations(all, runIds));
            if (counts(ours, runIds) && concluded(ours)) {
                return ours;
            }
            check.run();
            Thread.sleep(PAUSE.toMillis());
        }
        throw new ConfigurationException(
                "analytics has not counted all runs after a minute; look at ./labelworth status and its log");
    }

    private static Set<String> configurations(Results results, Collection<String> runIds) {
        Set<String> wanted = new HashSet<>(runIds);
        return results.summaries().stream()
                .filter(summary -> summary.getRunIds().stream().anyMatch(wanted::contains))
                .map(AccuracySummary::getConfigurationId)
                .collect(Collectors.toSet());
    }

    private static boolean counts(Results results, Collection<String> runIds) {
        Set<String> counted =
                results.summaries().stream()
                        .flatMap(summary -> summary.getRunIds().stream())
                        .collect(Collectors.toSet());
        return counted.containsAll(runIds);
    }

    /** Label worth follows the summaries a moment later: it must be about the same numbers. */
    private static boolean concluded(Results results) {
        return results.budgets().stream()
                .map(results::bestSoft)
                .flatMap(Optional::stream)
                .allMatch(
                        soft ->
                                results.worth(soft)
                                        .filter(w -> w.getSoftTest().equals(soft.getTest()))
                                        .isPresent());
    }
}
