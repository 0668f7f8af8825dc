package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.ImageRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The candidate images of one dataset version and source, as image-refs names them. Of several
 * references to an image the first one on its partition counts, so that what is appended later
 * changes no pin; only a withdrawal is noticed.
 */
final class CandidatePool {

    /**
     * A candidate image.
     *
     * @param imageId its id
     * @param partition partition of image-refs it is on, and its labels on soft-labels
     * @param offset offset of its first reference
     * @param withdrawn whether it must no longer be used
     */
    record Candidate(String imageId, int partition, long offset, boolean withdrawn) {}

    private final Map<Integer, SortedMap<Integer, Candidate>> byClassAndRank = new HashMap<>();
    private final Map<Integer, SortedMap<Integer, Long>> pinsByRanks = new HashMap<>();
    private final Map<Integer, SortedMap<Integer, long[]>> offsetsByRanks = new HashMap<>();

    /** Takes note of a reference; references of one partition come in offset order. */
    void add(ImageRef ref, int partition, long offset) {
        Candidate added = new Candidate(ref.getImageId(), partition, offset, ref.getWithdrawn());
        byClassAndRank
                .computeIfAbsent(ref.getImageClass(), c -> new TreeMap<>())
                .merge(ref.getRank(), added, CandidatePool::firstOf);
        pinsByRanks.clear();
        offsetsByRanks.clear();
    }

    /** The candidate of one rank of one class. */
    Optional<Candidate> at(int imageClass, int rank) {
        return Optional.ofNullable(
                byClassAndRank.getOrDefault(imageClass, new TreeMap<>()).get(rank));
    }

    /** Id of the candidate of one rank of one class, which there is. */
    String imageId(int imageClass, int rank) {
        return at(imageClass, rank).orElseThrow().imageId();
    }

    /** Whether a class has every rank below a number. */
    boolean complete(int imageClass, int ranks) {
        return size(imageClass, ranks) == ranks;
    }

    /** Ranks below a number that a class has. */
    int size(int imageClass, int ranks) {
        SortedMap<Integer, Candidate> ofClass = byClassAndRank.get(imageClass);
        return ofClass == null ? 0 : ofClass.headMap(ranks).size();
    }

    /**
     * For every partition that holds images of rank below a number: the smallest offset such that
     * all of them lie before it.
     */
    SortedMap<Integer, Long> pins(int ranks) {
        return pinsByRanks.computeIfAbsent(ranks, this::computePins);
    }

    private SortedMap<Integer, Long> computePins(int ranks) {
        SortedMap<Integer, Long> pins = new TreeMap<>();
        offsets(ranks).forEach((partition, of) -> pins.put(partition, of[of.length - 1] + 1));
        return pins;
    }

    /** Images of rank below a number. */
    int size(int ranks) {
        return offsets(ranks).values().stream().mapToInt(of -> of.length).sum();
    }

    /** Images of rank below a number that lie below an offset of a partition. */
    int before(int ranks, int partition, long offset) {
        long[] of = offsets(ranks).getOrDefault(partition, new long[0]);
        int place = Arrays.binarySearch(of, offset);
        return place < 0 ? -place - 1 : place;
    }

    /** Of every partition that holds images of rank below a number: where they are, ascending. */
    private SortedMap<Integer, long[]> offsets(int ranks) {
        return offsetsByRanks.computeIfAbsent(ranks, this::computeOffsets);
    }

    private SortedMap<Integer, long[]> computeOffsets(int ranks) {
        return byClassAndRank.values().stream()
                .flatMap(ofClass -> ofClass.headMap(ranks).values().stream())
                .collect(
                        Collectors.groupingBy(
                                Candidate::partition,
                                TreeMap::new,
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        of ->
                                                of.stream()
                                                        .mapToLong(Candidate::offset)
                                                        .sorted()
                                                        .toArray())));
    }

    private static Candidate firstOf(Candidate known, Candidate added) {
        if (known.imageId().equals(added.imageId())) {
            return new Candidate(
                    known.imageId(), known.partition(), known.offset(), added.withdrawn());
        }
        // As in the label view, where keys end in the image id.
        return known.imageId().compareTo(added.imageId()) < 0 ? known : added;
    }
}
