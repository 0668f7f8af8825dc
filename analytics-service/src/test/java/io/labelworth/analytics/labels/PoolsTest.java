package io.labelworth.analytics.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.ImageRef;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolsTest {

    private final Pools pools = new Pools();

    @Test
    void imageIsFoundByIdAndByClassAndRankOfItsSource() {
        pools.apply(ref("train-1", "real", 2, 5, false), 7, 40);
        pools.apply(ref("made-1", "dm", 2, 0, false), 1, 3);

        PlacedImage image = new PlacedImage("train-1", 2, 5, 7, 40);
        assertThat(pools.image("tiny", "real", "train-1")).contains(image);
        assertThat(pools.image("tiny", "real", 2, 5)).contains(image);
        assertThat(pools.image("tiny", "real", 2, 0)).isEmpty();
        assertThat(pools.image("tiny", "dm", "train-1")).isEmpty();
        assertThat(pools.image("other", "real", "train-1")).isEmpty();
        assertThat(pools.imagesPerClass("tiny")).isEqualTo(Map.of("real", 6, "dm", 1));
    }

    @Test
    void withdrawnImageIsGoneAndALaterReferenceReplacesAnEarlier() {
        pools.apply(ref("train-1", "real", 2, 5, false), 7, 40);
        pools.apply(ref("train-1", "real", 2, 1, false), 7, 41);
        assertThat(pools.image("tiny", "real", 2, 5)).isEmpty();
        assertThat(pools.image("tiny", "real", 2, 1)).map(PlacedImage::offset).contains(41L);

        pools.apply(ref("train-1", "real", 2, 1, true), 7, 42);
        assertThat(pools.image("tiny", "real", "train-1")).isEmpty();
        assertThat(pools.imagesPerClass("tiny")).isEqualTo(Map.of("real", 0));
    }

    private static ImageRef ref(
            String id, String source, int imageClass, int rank, boolean withdrawn) {
        return ImageRef.newBuilder()
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSplit("train")
                .setImageId(id)
                .setUri("tiny/images#0")
                .setSha256("0")
                .setImageClass(imageClass)
                .setRank(rank)
                .setSource(source)
                .setWithdrawn(withdrawn)
                .build();
    }
}
