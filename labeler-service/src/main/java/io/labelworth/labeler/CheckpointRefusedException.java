package io.labelworth.labeler;

/** A checkpoint that cannot label anything; others can. */
public final class CheckpointRefusedException extends Exception {

    private final String kind;

    /**
     * @param kind short name of the failure, as dead letters have it
     */
    public CheckpointRefusedException(String kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    CheckpointRefusedException(String kind, Exception cause) {
        super(cause.getMessage(), cause);
        this.kind = kind;
    }

    /** Short name of the failure, as dead letters have it. */
    public String kind() {
        return kind;
    }
}
