package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.TopicFollower;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The checkpoints that are announced, which of them a worker has in hand, and which failed as a
 * whole. The same weights may be announced under two checkpoint ids: that is one labelling, in one
 * hand at a time. Shared by the follower of expert-checkpoints and all workers.
 */
final class CheckpointBoard implements TopicFollower.View<ExpertCheckpoint> {

    private final Map<String, AnnouncedCheckpoint> announced = new HashMap<>();
    private final Set<String> inHand = new HashSet<>();
    private final Set<AnnouncedCheckpoint> failed = new HashSet<>();

    @Override
    public synchronized void accept(ConsumerRecord<String, Decoded<ExpertCheckpoint>> record) {
        AnnouncedCheckpoint previous = announced.remove(record.key());
        failed.remove(previous);
        boolean tombstone = record.serializedValueSize() < 0;
        if (!tombstone) {
            announced.put(record.key(), new AnnouncedCheckpoint(record));
        }
    }

    /**
     * Takes the newest checkpoint there is work for, until {@link #giveBack}. An unreadable
     * announcement counts as work: somebody has to write down that it is.
     *
     * @param due whether a readable, served checkpoint has images to label
     */
    synchronized Optional<AnnouncedCheckpoint> take(Predicate<AnnouncedCheckpoint> due) {
        AnnouncedCheckpoint newest = null;
        for (AnnouncedCheckpoint candidate : announced.values()) {
            boolean first = newest == null || candidate.newerThan(newest);
            if (first && free(candidate) && (!candidate.readable() || due.test(candidate))) {
                newest = candidate;
            }
        }
        if (newest != null) {
            inHand.add(handle(newest));
        }
        return Optional.ofNullable(newest);
    }

    /** Puts back what {@link #take} gave. */
    synchronized void giveBack(AnnouncedCheckpoint checkpoint) {
        inHand.remove(handle(checkpoint));
    }

    /** Marks an announcement as failed: it is not taken again, a later announcement is. */
    synchronized void fail(AnnouncedCheckpoint checkpoint) {
        failed.add(checkpoint);
    }

    /** Whether an announcement still stands: neither replaced nor retired. */
    synchronized boolean serves(AnnouncedCheckpoint checkpoint) {
        return checkpoint.equals(announced.get(checkpoint.record().key()))
                && !checkpoint.event().getRetired();
    }

    /** Checkpoints to label with, in no order: readable, not retired, not failed. */
    synchronized Collection<AnnouncedCheckpoint> served() {
        return announced.values().stream()
                .filter(candidate -> candidate.readable() && usable(candidate))
                .toList();
    }

    private boolean free(AnnouncedCheckpoint candidate) {
        return usable(candidate) && !inHand.contains(handle(candidate));
    }

    private static String handle(AnnouncedCheckpoint candidate) {
        return candidate.readable()
                ? "labelling " + candidate.labellingId()
                : "announcement " + candidate.record().key();
    }

    private boolean usable(AnnouncedCheckpoint candidate) {
        boolean retired = candidate.readable() && candidate.event().getRetired();
        return !retired && !failed.contains(candidate);
    }
}
