package io.labelworth.analytics.topology;

import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values of a topic wherever they are kept. Changelogs and repartition topics have names of
 * Streams' own, and nothing registers subjects for those: their records are written under the
 * subject of the topic whose event they hold, so the compatibility kept there is kept here too.
 */
final class TopicSerde {

    private TopicSerde() {}

    static <V extends SpecificRecord> Serde<V> of(Topic<V> topic, SchemaRegistry registry) {
        Serializer<V> serializer = registry.serializer(topic.valueType());
        return Serdes.serdeFrom(
                (heldIn, value) -> serializer.serialize(topic.name(), value),
                registry.deserializer(topic.valueType()));
    }
}
