package io.labelworth.labeler.announce;

import io.labelworth.schemas.event.ExpertCheckpoint;
import java.util.Map;

/** The topic expert-checkpoints, as announcing sees it. */
public interface CheckpointLog {

    /** The last announcement of each checkpoint up to now, by checkpoint id. */
    Map<String, ExpertCheckpoint> latest();

    /** Announces, and returns once the announcement is kept. */
    void append(ExpertCheckpoint checkpoint);
}
