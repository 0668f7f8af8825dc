/**
 * Every event that travels through Kafka. {@link io.labelworth.schemas.Topics} is the map: one
 * {@link io.labelworth.schemas.Topic} per topic, with its key, value type, partitions and
 * retention. The event classes in {@code io.labelworth.schemas.event} are generated from {@code
 * src/main/avro}.
 */
package io.labelworth.schemas;
