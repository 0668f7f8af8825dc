package io.labelworth.labeler.announce;

/** A checkpoint that is not announced; the message is one line that says why and what to do. */
public final class RefusedException extends Exception {

    /** Kind of a request that makes no sense whatever the file is. */
    public static final String BAD_REQUEST = "bad-request";

    /** Kind of a checkpoint whose id is another's already. */
    public static final String TAKEN = "taken";

    /** Kind of a checkpoint that the device had no memory for; it may have later. */
    public static final String OUT_OF_MEMORY = "out-of-memory";

    private final String kind;

    /**
     * @param kind short name of the reason, for example wrong-hash
     */
    public RefusedException(String kind, String line) {
        super(line);
        this.kind = kind;
    }

    /**
     * @param kind short name of the reason, for example wrong-hash
     */
    public RefusedException(String kind, Exception cause) {
        super(cause.getMessage(), cause);
        this.kind = kind;
    }

    /** Short name of the reason. */
    public String kind() {
        return kind;
    }
}
