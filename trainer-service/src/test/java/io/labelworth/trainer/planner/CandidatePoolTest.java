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
        Map<Integer, Long> pins = pool.pins(1);

        // Then
        assertThat(pins).isEqualTo(Map.of(0, 1L, 3, 6L));
    }

    @Test
    void nothingAppendedLaterMovesAPin() {
        // Given
        pool.add(image(0, 0), 0, 0);
        pool.add(image(1, 0), 1, 0);
        Map<Integer, Long> before = Map.copyOf(pool.pins(1));

        // When
        pool.add(image(0, 1), 0, 1);
        pool.add(image(0, 0), 0, 2);

        // Then
        assertThat(pool.pins(1)).isEqualTo(before);
    }

    @Test
    void aClassIsCompleteWhenItHasEveryRank() {
        // Given
        pool.add(image(0, 0), 0, 0);
        pool.add(image(1, 1), 0, 2);

        // When
        boolean complete = pool.complete(1, 2);

        // Then
        assertThat(complete).isFalse();
        pool.add(image(1, 0), 0, 3);
        assertThat(pool.complete(1, 2)).isTrue();
        assertThat(pool.complete(1, 3)).isFalse();
        assertThat(pool.complete(2, 1)).isFalse();
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
