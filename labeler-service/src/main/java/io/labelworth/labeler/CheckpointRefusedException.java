package io.labelworth.labeler;

/** A checkpoint that cannot label anything; others can. */
final class CheckpointRefusedException extends Exception {

    private final String kind;

    CheckpointRefusedException(String kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    CheckpointRefusedException(String kind, Exception cause) {
        super(cause.getMessage(), cause);
        this.kind = kind;
    }

    /** Short name of the failure, as dead letters have it. */
    String kind() {
        return kind;
    }
}
