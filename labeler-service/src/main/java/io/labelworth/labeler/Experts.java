package io.labelworth.labeler;

import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.schemas.event.ExpertCheckpoint;

/** Where the networks of announced checkpoints come from. */
public interface Experts {

    /**
     * Bytes to keep free before a checkpoint is loaded: an estimate, replaced by {@link
     * Expert#bytes} afterwards.
     */
    long bytesBefore(ExpertCheckpoint checkpoint);

    /**
     * Loads a checkpoint on a device; the caller closes it.
     *
     * @throws CheckpointRefusedException when it cannot label, with the reason
     */
    Expert load(ExpertCheckpoint checkpoint, ComputeDevice device)
            throws CheckpointRefusedException;
}
