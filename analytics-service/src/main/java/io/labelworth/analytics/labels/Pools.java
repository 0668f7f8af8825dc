package io.labelworth.analytics.labels;

import io.labelworth.schemas.event.ImageRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The candidate images of every dataset and source, as image-refs names them. */
final class Pools {

    private final Map<String, Map<String, Pool>> pools = new TreeMap<>();

    /** Takes a reference in. */
    synchronized void apply(ImageRef ref, int partition, long offset) {
        Pool pool =
                pools.computeIfAbsent(ref.getDataset(), dataset -> new TreeMap<>())
                        .computeIfAbsent(ref.getSource(), source -> new Pool());
        if (ref.getWithdrawn()) {
            pool.remove(ref.getImageId());
        } else {
            pool.put(
                    new PlacedImage(
                            ref.getImageId(),
                            ref.getImageClass(),
                            ref.getRank(),
                            partition,
                            offset));
        }
    }

    synchronized List<String> datasets() {
        return List.copyOf(pools.keySet());
    }

    /** Images per class by source; empty where nothing of the dataset was ingested. */
    synchronized Map<String, Integer> imagesPerClass(String dataset) {
        Map<String, Integer> sizes = new TreeMap<>();
        pools.getOrDefault(dataset, Map.of())
                .forEach((source, pool) -> sizes.put(source, pool.imagesPerClass()));
        return sizes;
    }

    synchronized Optional<PlacedImage> image(String dataset, String source, String imageId) {
        return pool(dataset, source).flatMap(pool -> pool.image(imageId));
    }

    synchronized Optional<PlacedImage> image(
            String dataset, String source, int imageClass, int rank) {
        return pool(dataset, source).flatMap(pool -> pool.image(imageClass, rank));
    }

    private Optional<Pool> pool(String dataset, String source) {
        return Optional.ofNullable(pools.getOrDefault(dataset, Map.of()).get(source));
    }
}
