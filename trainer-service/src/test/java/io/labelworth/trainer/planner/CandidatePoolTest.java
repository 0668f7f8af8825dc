package io.labelworth.trainer.planner;

import static io.labelworth.trainer.planner.Given.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.ImageRef;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidatePoolTest {

    private final CandidatePool pool = new CandidatePool();

    @Test
    void aPinIsTheSmallestOffsetBelowWhichAllNeededImagesLie() {
        // Given
        pool.add(image(0, 0), 0, 0);
        pool.add(image(0, 1), 0, 1);
        pool.add(image(1, 0), 3, 5);
        pool.add(image(1, 1), 0, 9);

        // When
        Map<Integer, Long> pins = pool.below(1).pins();

        // Then
        assertThat(pins).isEqualTo(Map.of(0, 1L, 3, 6L));
    }

    @Test
    void nothingAppendedLaterMovesAPin() {
        // Given
        pool.add(image(0, 0), 0, 0);
        pool.add(image(1, 0), 1, 0);
        Map<Integer, Long> before = Map.copyOf(pool.below(1).pins());

        // When
        pool.add(image(0, 1), 0, 1);
        pool.add(image(0, 0), 0, 2);

        // Then
        assertThat(pool.below(1).pins()).isEqualTo(before);
    }

    @Test
    void theRanksThatAClassHasAreCounted() {
        // Given
        pool.add(image(0, 0), 0, 0);
        pool.add(image(1, 1), 0, 2);
        assertThat(pool.below(2).ofClass(1)).isEqualTo(1);

        // When
        pool.add(image(1, 0), 0, 3);

        // Then
        assertThat(pool.below(2).ofClass(1)).isEqualTo(2);
        assertThat(pool.below(1).ofClass(1)).isEqualTo(1);
        assertThat(pool.below(1).ofClass(2)).isZero();
    }

    @Test
    void imagesBelowAnOffsetAreCountedByPartition() {
        // Given: rank 1 does not count
        pool.add(image(0, 0), 0, 4);
        pool.add(image(1, 0), 0, 6);
        pool.add(image(0, 1), 0, 5);
        pool.add(image(2, 0), 1, 0);

        // When
        RanksBelow images = pool.below(1);

        // Then
        assertThat(images.size()).isEqualTo(3);
        assertThat(images.before(0, 4)).isZero();
        assertThat(images.before(0, 5)).isEqualTo(1);
        assertThat(images.before(0, 99)).isEqualTo(2);
        assertThat(images.before(1, 1)).isEqualTo(1);
        assertThat(images.before(2, 1)).isZero();
    }

    @Test
    void aWithdrawalIsNoticedAtTheImagesFirstPlace() {
        // Given
        pool.add(image(0, 0), 0, 0);

        // When
        pool.add(ImageRef.newBuilder(image(0, 0)).setWithdrawn(true).build(), 0, 8);

        // Then
        assertThat(pool.at(0, 0).orElseThrow().withdrawn()).isTrue();
        assertThat(pool.at(0, 0).orElseThrow().offset()).isZero();
    }
}
