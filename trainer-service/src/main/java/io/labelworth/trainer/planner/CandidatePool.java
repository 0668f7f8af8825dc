package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.ImageRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private final Map<Integer, RanksBelow> byRanks = new HashMap<>();
    private long references;

    /** Takes note of a reference; references of one partition come in offset order. */
    void add(ImageRef ref, int partition, long offset) {
        Candidate added = new Candidate(ref.getImageId(), partition, offset, ref.getWithdrawn());
        byClassAndRank
                .computeIfAbsent(ref.getImageClass(), c -> new TreeMap<>())
                .merge(ref.getRank(), added, CandidatePool::firstOf);
        byRanks.clear();
        references++;
    }

    /** References taken note of. */
    long references() {
        return references;
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

    /** The images of rank below a number. */
    RanksBelow below(int ranks) {
        return byRanks.computeIfAbsent(ranks, this::ranksBelow);
    }

    private RanksBelow ranksBelow(int ranks) {
        Map<Integer, Integer> sizes = new HashMap<>();
        List<Candidate> images = new ArrayList<>();
        byClassAndRank.forEach(
                (imageClass, all) -> {
                    Collection<Candidate> ofClass = all.headMap(ranks).values();
                    sizes.put(imageClass, ofClass.size());
                    images.addAll(ofClass);
                });
        return new RanksBelow(sizes, images);
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
