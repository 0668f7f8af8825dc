package io.labelworth.analytics.labels;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The images of one dataset and source, by id and by class and rank. Not for several threads. */
final class Pool {

    private final Map<String, PlacedImage> byId = new HashMap<>();
    private final Map<Integer, TreeMap<Integer, PlacedImage>> byRank = new HashMap<>();

    /** Adds an image, or what has become of it. */
    void put(PlacedImage image) {
        remove(image.imageId());
        byId.put(image.imageId(), image);
        byRank.computeIfAbsent(image.imageClass(), c -> new TreeMap<>()).put(image.rank(), image);
    }

    /** Forgets an image that is withdrawn. */
    void remove(String imageId) {
        PlacedImage image = byId.remove(imageId);
        if (image != null) {
            byRank.get(image.imageClass()).remove(image.rank(), image);
        }
    }

    Optional<PlacedImage> image(String imageId) {
        return Optional.ofNullable(byId.get(imageId));
    }

    Optional<PlacedImage> image(int imageClass, int rank) {
        return Optional.ofNullable(byRank.get(imageClass)).map(ranks -> ranks.get(rank));
    }

    /** Images of each class that has some: the lowest rank above all of its images. */
    int imagesPerClass() {
        return byRank.values().stream()
                .filter(ranks -> !ranks.isEmpty())
                .mapToInt(ranks -> ranks.lastKey() + 1)
                .max()
                .orElse(0);
    }
}
