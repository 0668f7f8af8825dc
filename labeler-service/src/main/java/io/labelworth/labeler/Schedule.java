package io.labelworth.labeler;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Which checkpoint a worker labels with: the newest that has work, each in one hand. Safe to share
 * between workers.
 */
final class Schedule {

    private final CheckpointBoard board;
    private final Backlog backlog;
    private final int workers;
    private final BooleanSupplier ready;
    private final Predicate<AnnouncedCheckpoint> due;

    /**
     * @param workers how many checkpoints can be in hand
     * @param ready whether board and backlog know what was there at the start
     */
    Schedule(CheckpointBoard board, Backlog backlog, int workers, BooleanSupplier ready) {
        this.board = board;
        this.backlog = backlog;
        this.workers = workers;
        this.ready = ready;
        this.due = candidate -> backlog.due(candidate.labellingId());
    }

    /** Takes the newest checkpoint that is due, until it is given back. */
    Optional<AnnouncedCheckpoint> next() {
        return ready.getAsBoolean() ? board.take(due) : Optional.empty();
    }

    /** Puts back what {@link #next} gave. */
    void giveBack(AnnouncedCheckpoint checkpoint) {
        board.giveBack(checkpoint);
    }

    /** Marks what {@link #next} gave as failed, until it is announced again. */
    void fail(AnnouncedCheckpoint checkpoint) {
        board.fail(checkpoint);
    }

    /** Whether nothing is left to do with a checkpoint. */
    boolean done(AnnouncedCheckpoint checkpoint) {
        return backlog.done(checkpoint.labellingId());
    }

    /** Whether a checkpoint's announcement still stands. */
    boolean serves(AnnouncedCheckpoint checkpoint) {
        return board.serves(checkpoint);
    }

    /**
     * Whether a newer checkpoint should be labelled with instead of one in hand.
     *
     * @param memory of the device it is on: where that is short, a free worker is no help
     */
    boolean yields(AnnouncedCheckpoint checkpoint, MemoryBudget memory) {
        return board.shouldYield(checkpoint, memory.isShort() ? 0 : workers, due);
    }
}
