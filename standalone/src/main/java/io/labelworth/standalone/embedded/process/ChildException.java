package io.labelworth.standalone.embedded.process;

/** A child JVM could not be started or died; the message is one line and names its log. */
public final class ChildException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the child died of, as far as its owner can act on it. */
    public enum Reason {
        /** Another process listens on a port of it: other ports help. */
        PORT_TAKEN,
        /** No space is left: starting again does not help. */
        DISK_FULL,
        /** A file or directory cannot be written: starting again does not help. */
        NOT_WRITABLE,
        /** Its files are damaged: starting again does not help. */
        DAMAGED,
        /** Anything else, a kill included: starting again may help. */
        OTHER
    }

    private final Reason reason;

    /** A failure with its one-line explanation. */
    public ChildException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What it died of. */
    public Reason reason() {
        return reason;
    }

    /** Whether starting the same child again may help. */
    public boolean isWorthRestarting() {
        return reason == Reason.OTHER || reason == Reason.PORT_TAKEN;
    }
}
