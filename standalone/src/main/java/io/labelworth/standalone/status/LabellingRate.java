package io.labelworth.standalone.status;

import io.labelworth.schemas.event.LabelingProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How fast a labelling goes, and how long it still takes. */
final class LabellingRate {

    /** Older progress says nothing about now. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private LabellingRate() {}

    /**
     * Sum over the workers at work: each says in its latest progress what it labels with this
     * labelling on all of its partitions.
     *
     * @param progress of one labelling
     * @param members client ids of the group's members, which are the workers' names
     * @return images per second; null while no worker has said
     */
    static Double of(
            Collection<LabelingProgress> progress, Collection<String> members, Instant now) {
        Set<String> atWork = Set.copyOf(members);
        DoubleSummaryStatistics rates =
                progress.stream()
                        .filter(event -> atWork.contains(event.getWorker()))
                        .filter(event -> event.getUpdatedAt().plus(FRESH).isAfter(now))
                        .collect(
                                Collectors.toMap(
                                        LabelingProgress::getWorker,
                                        Function.identity(),
                                        BinaryOperator.maxBy(
                                                Comparator.comparing(
                                                        LabelingProgress::getUpdatedAt))))
                        .values()
                        .stream()
                        .map(LabelingProgress::getImagesPerSecond)
                        .filter(Objects::nonNull)
                        .collect(Collectors.summarizingDouble(Double::doubleValue));
        return rates.getCount() == 0 ? null : (Double) rates.getSum();
    }

    /** Seconds until {@code lag} is worked off; null when there is none or the rate is unknown. */
    static Long secondsLeft(long lag, Double imagesPerSecond) {
        boolean known = lag > 0 && imagesPerSecond != null && imagesPerSecond > 0;
        return known ? (Long) Math.round(Math.ceil(lag / imagesPerSecond)) : null;
    }
}
