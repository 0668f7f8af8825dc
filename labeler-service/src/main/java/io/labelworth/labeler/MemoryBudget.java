package io.labelworth.labeler;

import java.util.HashMap;
import java.util.Map;

/**
 * Memory of one device, shared out to the workers on it: a model and its buffers are opened only
 * where there is room for them beside the others.
 */
final class MemoryBudget {

    private static final long MIB = 1L << 20;

    private final long total;
    private final Map<Integer, Long> bySlot = new HashMap<>();
    private boolean wanting;

    /**
     * @param total bytes
     */
    MemoryBudget(long total) {
        this.total = total;
    }

    /**
     * Takes room, in place of what the slot had before.
     *
     * @return whether there is room now; otherwise the slot has what it had
     * @throws CheckpointRefusedException when there never will be
     */
    synchronized boolean take(int slot, long bytes) throws CheckpointRefusedException {
        if (bytes > total) {
            throw new CheckpointRefusedException(
                    "too-large",
                    String.format(
                            "model and buffers need %d MiB and the labeler may use %d; raise %s",
                            bytes / MIB, total / MIB, LabelerSettings.MEMORY));
        }
        long others = 0;
        for (Map.Entry<Integer, Long> entry : bySlot.entrySet()) {
            others += entry.getKey() == slot ? 0 : entry.getValue();
        }
        wanting = others + bytes > total;
        if (!wanting) {
            bySlot.put(slot, bytes);
        }
        return !wanting;
    }

    /** Whether others have memory, so that some may come free; whoever asks finds too little. */
    synchronized boolean takenByOthers(int slot) {
        wanting = bySlot.keySet().stream().anyMatch(other -> other != slot);
        return wanting;
    }

    /** Gives back all that a slot has. */
    synchronized void giveBack(int slot) {
        bySlot.remove(slot);
    }

    /** Whether the last who asked found no room. */
    synchronized boolean isShort() {
        return wanting;
    }
}
