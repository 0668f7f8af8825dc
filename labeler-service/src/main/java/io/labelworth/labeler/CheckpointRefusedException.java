package io.labelworth.labeler;

/** A checkpoint that cannot label anything; others can. */
public final class CheckpointRefusedException extends Exception {

    private final String kind;
    private final boolean here;

    /**
     * @param kind short name of the failure, as dead letters have it
     */
    public CheckpointRefusedException(String kind, String reason) {
        this(kind, reason, false);
    }

    private CheckpointRefusedException(String kind, String reason, boolean here) {
        super(reason);
        this.kind = kind;
        this.here = here;
    }

    CheckpointRefusedException(String kind, Exception cause) {
        super(cause.getMessage(), cause);
        this.kind = kind;
        this.here = false;
    }

    /** Short name of the failure, as dead letters have it. */
    public String kind() {
        return kind;
    }

    /** A checkpoint that this labeler cannot label with and another may. */
    static CheckpointRefusedException here(String kind, String reason) {
        return new CheckpointRefusedException(kind, reason, true);
    }

    /** Whether another labeler may be able to. */
    boolean onlyHere() {
        return here;
    }
}
