package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointBoardTest {

    private final CheckpointBoard board = new CheckpointBoard();
    private final ExpertCheckpoint early = Announcements.checkpoint("early", "a".repeat(64));
    private final ExpertCheckpoint late = Announcements.checkpoint("late", "b".repeat(64));

    @Test
    void theNewestCheckpointThatIsDueIsTakenFirst() {
        board.accept(Announcements.at(0, early));
        board.accept(Announcements.at(1, late));

        assertThat(take()).isEqualTo("late");
        assertThat(take()).isEqualTo("early");
        assertThat(take()).isEqualTo("none");
    }

    @Test
    void aCheckpointThatIsNotDueIsLeft() {
        board.accept(Announcements.at(0, early));
        board.accept(Announcements.at(1, late));

        Optional<AnnouncedCheckpoint> taken =
                board.take(candidate -> candidate.checkpointId().equals("early"));

        assertThat(taken.orElseThrow().checkpointId()).isEqualTo("early");
    }

    @Test
    void theSameWeightsUnderTwoNamesAreInOneHandAtATime() {
        board.accept(Announcements.at(0, early));
        board.accept(
                Announcements.at(
                        1, ExpertCheckpoint.newBuilder(early).setCheckpointId("alias").build()));

        AnnouncedCheckpoint taken = board.take(due -> true).orElseThrow();

        assertThat(take()).isEqualTo("none");
        board.giveBack(taken);
        assertThat(take()).isEqualTo("alias");
    }

    @Test
    void aFailedCheckpointIsTakenAgainOnlyWhenItIsAnnouncedAgain() {
        board.accept(Announcements.at(0, early));
        AnnouncedCheckpoint taken = board.take(due -> true).orElseThrow();
        board.fail(taken);
        board.giveBack(taken);
        assertThat(take()).isEqualTo("none");

        board.accept(Announcements.at(1, early));

        assertThat(take()).isEqualTo("early");
    }

    @Test
    void aRetiredCheckpointIsNoLongerServedNorTaken() {
        board.accept(Announcements.at(0, early));
        AnnouncedCheckpoint taken = board.take(due -> true).orElseThrow();
        assertThat(board.serves(taken)).isTrue();

        board.accept(
                Announcements.at(1, ExpertCheckpoint.newBuilder(early).setRetired(true).build()));

        assertThat(board.serves(taken)).isFalse();
        board.giveBack(taken);
        assertThat(take()).isEqualTo("none");
    }

    @Test
    void aDeletedAnnouncementIsGone() {
        board.accept(Announcements.at(0, early));

        board.accept(Announcements.tombstone(1, "early"));

        assertThat(take()).isEqualTo("none");
    }

    @Test
    void anUnreadableAnnouncementIsTakenSoThatSomebodyWritesItDown() {
        board.accept(Announcements.unreadable(0, "garbage"));

        Optional<AnnouncedCheckpoint> taken = board.take(due -> false);

        assertThat(taken.orElseThrow().readable()).isFalse();
    }

    private String take() {
        return board.take(due -> true).map(AnnouncedCheckpoint::checkpointId).orElse("none");
    }
}
