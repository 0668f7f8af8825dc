package io.labelworth.standalone.letters;

import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checkpoints that stand: the latest announcement of each that was not removed and is readable. */
public final class StandingCheckpoints {

    /**
     * A standing announcement.
     *
     * @param offset where it is on expert-checkpoints, which has one partition
     */
    public record Standing(long offset, ExpertCheckpoint checkpoint) {}

    private final Map<String, Standing> byId = new LinkedHashMap<>();

    /** Checkpoints that stand by the given announcements, one of each. */
    StandingCheckpoints(Collection<Standing> announcements) {
        announcements.forEach(a -> byId.put(a.checkpoint().getCheckpointId(), a));
    }

    /** Reads the topic to its committed end. */
    public static StandingCheckpoints read(EventConsumers consumers, String clientId) {
        StandingCheckpoints standing = new StandingCheckpoints(List.of());
        try (TopicReader<ExpertCheckpoint> reader =
                new TopicReader<>(consumers, Topics.EXPERT_CHECKPOINTS, clientId)) {
            reader.catchUp(
                    record -> {
                        // A later record replaces an earlier one even where it cannot be read.
                        standing.byId.remove(record.key());
                        if (record.value().readable()) {
                            standing.byId.put(
                                    record.key(),
                                    new Standing(record.offset(), record.value().value()));
                        }
                    });
        }
        return standing;
    }

    /** All, in the order of their announcements. */
    public Collection<Standing> all() {
        return byId.values();
    }

    /** A checkpoint by its id; empty when none of that id stands. */
    public Optional<Standing> of(String checkpointId) {
        return Optional.ofNullable(byId.get(checkpointId));
    }
}
