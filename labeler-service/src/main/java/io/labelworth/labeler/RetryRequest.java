package io.labelworth.labeler;

import io.labelworth.schemas.event.DeadLetter;

/**
 * Somebody asked to label an image again that was given up on.
 *
 * @param offset of the request in dead-letters: each request is one of its own
 * @param letter the letter as it was, with its position in image-refs, and the label that resolved
 *     it since
 */
record RetryRequest(long offset, DeadLetter letter) {

    /** Label offset of a letter that no label resolved. */
    static final long NO_LABEL = -1;

    /** Whether the image has its label: there must not be a second one. */
    boolean resolved() {
        return letter.getLabelOffset() != NO_LABEL;
    }

    /** Requests are looked up by the thousand, and letters are long. */
    @Override
    public int hashCode() {
        return Long.hashCode(offset);
    }
}
