package io.labelworth.analytics.view;

import org.apache.kafka.common.TopicPartition;

/**
 * Where a record is.
 *
 * @param partition its partition
 * @param offset its offset there
 */
public record TopicOffset(TopicPartition partition, long offset) {}
