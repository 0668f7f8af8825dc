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

    @Test
    void theOldestInHandYieldsToANewerOneWhenEveryHandIsFull() {
        board.accept(Announcements.at(0, early));
        AnnouncedCheckpoint inHand = board.take(due -> true).orElseThrow();
        assertThat(board.shouldYield(inHand, 1, due -> true)).isFalse();

        board.accept(Announcements.at(1, late));

        assertThat(board.shouldYield(inHand, 1, due -> true)).isTrue();
        assertThat(board.shouldYield(inHand, 2, due -> true)).as("a hand is free").isFalse();
        assertThat(board.shouldYield(inHand, 1, due -> false)).as("no work").isFalse();
    }

    @Test
    void theNewestInHandYieldsToNoOlderOne() {
        board.accept(Announcements.at(0, early));
        board.accept(Announcements.at(1, late));
        AnnouncedCheckpoint newest = board.take(due -> true).orElseThrow();
        assertThat(board.shouldYield(newest, 1, due -> true)).isFalse();
    }

    @Test
    void aLabellingHasEndedWhenEveryCheckpointOfItIsRetiredOrDeleted() {
        ExpertCheckpoint alias =
                ExpertCheckpoint.newBuilder(early).setCheckpointId("alias").build();
        board.accept(Announcements.at(0, early));
        board.accept(Announcements.at(1, alias));
        board.accept(
                Announcements.at(2, ExpertCheckpoint.newBuilder(early).setRetired(true).build()));
        assertThat(board.ended()).isEmpty();

        board.accept(Announcements.tombstone(3, "alias"));

        assertThat(board.ended()).containsExactly(early.getLabellingId());
        board.accept(Announcements.at(4, early));
        assertThat(board.ended()).isEmpty();
    }

    private String take() {
        return board.take(due -> true).map(AnnouncedCheckpoint::checkpointId).orElse("none");
    }
}
