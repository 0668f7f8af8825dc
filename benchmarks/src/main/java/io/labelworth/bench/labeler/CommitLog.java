package io.labelworth.bench.labeler;

import io.labelworth.schemas.event.LabelingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What labelers have committed of one labelling, by when, as labeling-progress says it. Rates are
 * taken from one commit to another of the same labeler, so that neither the time before the first
 * nor a batch under way is counted.
 */
final class CommitLog {

    /** Progress of a transaction is written within this time; batches that take longer differ. */
    private static final long TOGETHER_MS = 20;

    /**
     * One transaction, or several within {@value #TOGETHER_MS} ms.
     *
     * @param at when its first progress was written, milliseconds since 1970
     * @param total labels of the labeler, this one included
     */
    private record Commit(long at, long total, Set<Integer> partitions) {}

    private final Map<Integer, Long> labelledByPartition = new HashMap<>();
    private final Map<String, List<Commit>> byLabeler = new HashMap<>();
    private long failed;

    /** Adds progress, in the order of the topic. */
    void add(LabelingProgress progress, long timestamp) {
        Long before = labelledByPartition.put(progress.getPartition(), progress.getLabelled());
        long labels = progress.getLabelled() - (before == null ? 0 : before);
        failed += progress.getFailed();
        List<Commit> commits =
                byLabeler.computeIfAbsent(labeler(progress), name -> new ArrayList<>());
        Commit last = commits.isEmpty() ? null : commits.get(commits.size() - 1);
        if (last == null
                || timestamp > last.at() + TOGETHER_MS
                || last.partitions().contains(progress.getPartition())) {
            commits.add(
                    new Commit(
                            timestamp,
                            (last == null ? 0 : last.total()) + labels,
                            new HashSet<>(Set.of(progress.getPartition()))));
        } else {
            last.partitions().add(progress.getPartition());
            commits.set(
                    commits.size() - 1,
                    new Commit(last.at(), last.total() + labels, last.partitions()));
        }
    }

    /** Transactional ids are labeler.INSTANCE.WORKER. */
    private static String labeler(LabelingProgress progress) {
        return progress.getWorker().substring(0, progress.getWorker().lastIndexOf('.'));
    }

    /** Labels committed. */
    long labelled() {
        return labelledByPartition.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether an image could not be labelled, which nothing measured here should be. */
    boolean hasFailures() {
        return failed > 0;
    }

    /** Time of the first commit, milliseconds since 1970; only after one. */
    long firstCommit() {
        return byLabeler.values().stream()
                .mapToLong(commits -> commits.get(0).at())
                .min()
                .orElseThrow();
    }

    /**
     * How long the steady state has lasted: of each labeler from its first commit that is {@code
     * warmUp} after the last labeler's first one, to its latest; the shortest of them. Zero until
     * so many labelers have committed.
     */
    Duration steady(int labelers, Duration warmUp) {
        if (byLabeler.size() < labelers) {
            return Duration.ZERO;
        }
        long from = steadyFrom(warmUp);
        return byLabeler.values().stream()
                .map(commits -> Duration.ofMillis(last(commits).at() - first(commits, from).at()))
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /** Labels per second in the steady state, all labelers together; only when there is one. */
    double rate(Duration warmUp) {
        long from = steadyFrom(warmUp);
        double rate = 0;
        for (List<Commit> commits : byLabeler.values()) {
            Commit first = first(commits, from);
            Commit last = last(commits);
            rate += 1000.0 * (last.total() - first.total()) / (last.at() - first.at());
        }
        return rate;
    }

    /** The first commit not before a time; the latest, when all are. */
    private static Commit first(List<Commit> commits, long from) {
        return commits.stream()
                .filter(commit -> commit.at() >= from)
                .findFirst()
                .orElseGet(() -> last(commits));
    }

    private static Commit last(List<Commit> commits) {
        return commits.get(commits.size() - 1);
    }

    private long steadyFrom(Duration warmUp) {
        long from = Long.MIN_VALUE;
        for (List<Commit> commits : byLabeler.values()) {
            from = Math.max(from, commits.get(0).at());
        }
        return from + warmUp.toMillis();
    }
}
