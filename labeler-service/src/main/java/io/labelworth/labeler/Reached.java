package io.labelworth.labeler;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a partition was read.
 *
 * @param next position after it
 * @param skipped images before it that the expert has nothing to say of
 */
record Reached(OffsetAndMetadata next, long skipped) {}
