package io.labelworth.trainer.planner;

import io.labelworth.trainer.planner.CandidatePool.Candidate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the images of a pool lie whose rank is below a number. Counted once for all runs that need
 * so many, since every waiting run is judged several times a second.
 */
final class RanksBelow {

    private final Map<Integer, Integer> sizes;
    private final SortedMap<Integer, long[]> offsets;
    private final SortedMap<Integer, Long> pins = new TreeMap<>();

    /**
     * @param sizes how many there are of each class
     */
    RanksBelow(Map<Integer, Integer> sizes, Collection<Candidate> images) {
        this.sizes = sizes;
        this.offsets =
                images.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Candidate::partition,
                                        TreeMap::new,
                                        Collectors.collectingAndThen(
                                                Collectors.toList(), RanksBelow::sorted)));
        offsets.forEach((partition, of) -> pins.put(partition, of[of.length - 1] + 1));
    }

    /** Images of a class. */
    int ofClass(int imageClass) {
        return sizes.getOrDefault(imageClass, 0);
    }

    /** Images. */
    int size() {
        return offsets.values().stream().mapToInt(of -> of.length).sum();
    }

    /** Images below an offset of a partition. */
    int before(int partition, long offset) {
        long[] of = offsets.getOrDefault(partition, new long[0]);
        int place = Arrays.binarySearch(of, offset);
        return place < 0 ? -place - 1 : place;
    }

    /**
     * For every partition that holds some: the smallest offset such that all of them lie before it.
     */
    SortedMap<Integer, Long> pins() {
        return Collections.unmodifiableSortedMap(pins);
    }

    private static long[] sorted(Collection<Candidate> images) {
        return images.stream().mapToLong(Candidate::offset).sorted().toArray();
    }
}
