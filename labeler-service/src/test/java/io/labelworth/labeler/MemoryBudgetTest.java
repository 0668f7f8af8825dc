package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(10L << 20);

    @Test
    void aModelIsOpenedOnlyWhereItFitsBesideTheOthers() throws CheckpointRefusedException {
        assertThat(budget.take(0, 6L << 20)).isTrue();

        assertThat(budget.take(1, 5L << 20)).isFalse();
        assertThat(budget.isShort()).isTrue();
        budget.giveBack(0);
        assertThat(budget.take(1, 5L << 20)).isTrue();
        assertThat(budget.isShort()).isFalse();
    }

    @Test
    void whatASlotTakesReplacesWhatItHad() throws CheckpointRefusedException {
        assertThat(budget.take(0, 9L << 20)).isTrue();
        assertThat(budget.take(0, 10L << 20)).isTrue();
        assertThat(budget.take(0, 1L << 20)).isTrue();

        assertThat(budget.take(1, 9L << 20)).isTrue();
    }

    @Test
    void aModelThatNeverFitsIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> budget.take(0, 11L << 20))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessageContaining("11 MiB")
                .hasMessageContaining("LABELWORTH_MEMORY_MB");
    }
}
