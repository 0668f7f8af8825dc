package io.labelworth.standalone.results;

import io.labelworth.analytics.rules.Family;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.LabelWorth;
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
            if (counts(ours, runIds) && concluded(all, ours)) {
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

    /**
     * Label worth follows the summaries a moment later: for each budget it must be about numbers as
     * they are now, of a configuration at least as good as ours. It may be another's: there is one
     * label worth per family and budget.
     */
    private static boolean concluded(Results all, Results ours) {
        return ours.byFamily().stream()
                .flatMap(family -> family.budgets().stream().map(family::bestSoft))
                .flatMap(Optional::stream)
                .allMatch(soft -> all.worths().stream().anyMatch(w -> isAbout(all, w, soft)));
    }

    private static boolean isAbout(Results all, LabelWorth worth, AccuracySummary soft) {
        return all.summary(worth.getConfigurationId())
                .filter(best -> Family.of(best).equals(Family.of(soft)))
                .filter(best -> best.getImagesPerClass() == soft.getImagesPerClass())
                .filter(best -> best.getTest().equals(worth.getSoftTest()))
                .filter(best -> best.getValidation().getMean() >= soft.getValidation().getMean())
                .isPresent();
    }
}
