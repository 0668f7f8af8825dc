package io.labelworth.labeler;

import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.Keys;
import io.labelworth.schemas.event.ExpertCheckpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An expert checkpoint as it was announced: a later announcement of the same checkpoint replaces
 * it. An unreadable announcement is one too; it has an id and nothing else.
 */
record AnnouncedCheckpoint(ConsumerRecord<String, Decoded<ExpertCheckpoint>> record) {

    /**
     * Name of the checkpoint; of an unreadable announcement the record's key, which may be null.
     */
    String checkpointId() {
        return readable() ? event().getCheckpointId() : record.key();
    }

    boolean readable() {
        return record.value().readable();
    }

    /** The announcement; only of a readable one. */
    ExpertCheckpoint event() {
        return record.value().value();
    }

    String labellingId() {
        return event().getLabellingId();
    }

    /** The labelling as logs and group names have it: its first 16 hexadecimal digits. */
    String shortLabelling() {
        return Keys.shortLabelling(labellingId());
    }

    /** Consumer group of the labelling: a new labelling is a new group, hence a full relabel. */
    String group() {
        return Keys.labelerGroup(labellingId());
    }

    boolean newerThan(AnnouncedCheckpoint other) {
        return record.timestamp() != other.record.timestamp()
                ? record.timestamp() > other.record.timestamp()
                : record.offset() > other.record.offset();
    }
}
