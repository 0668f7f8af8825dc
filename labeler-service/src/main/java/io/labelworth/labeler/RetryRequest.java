package io.labelworth.labeler;

import io.labelworth.schemas.event.DeadLetter;

/**
 * Somebody asked to label an image again that was given up on.
 *
 * @param offset of the request in dead-letters: each request is one of its own
 * @param letter the letter as it was, with its position in image-refs
 */
record RetryRequest(long offset, DeadLetter letter) {}
