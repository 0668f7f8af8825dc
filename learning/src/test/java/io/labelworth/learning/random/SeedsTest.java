package io.labelworth.learning.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void aStreamIsTheSameOnEveryPlatformForGood() {
        // When: these values decide ranks, subsets and initialisations that others have published
        int[] permutation = Seeds.permutation(8, Seeds.stream(42, "golden"));

        // Then
        assertThat(permutation).containsExactly(7, 6, 4, 2, 1, 5, 0, 3);
        assertThat(Seeds.stream(42, "golden").nextLong()).isEqualTo(327170853397032200L);
    }

    @Test
    void purposesAndSeedsHaveStreamsOfTheirOwn() {
        // When
        long first = Seeds.stream(1, "batches").nextLong();

        // Then
        assertThat(Seeds.stream(1, "batches").nextLong()).isEqualTo(first);
        assertThat(Seeds.stream(1, "augmentation").nextLong()).isNotEqualTo(first);
        assertThat(Seeds.stream(2, "batches").nextLong()).isNotEqualTo(first);
    }
}
