package io.labelworth.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The schema registry that gives Avro values their ids: serdes bound to it, and the registration of
 * all schemas under {@value #COMPATIBILITY}. Services register every schema at start and
 * serializers then only look up, so that an incompatible build stops before it writes.
 */
public final class SchemaRegistry {

    /**
     * Old readers read new records and new readers read old ones, back to the first version: topics
     * are replayed.
     */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private static final int CACHED_SCHEMAS = 200;

    private final String url;
    private final Map<String, ?> settings;
    private final SchemaRegistryClient client;

    /**
     * @param url base URL of the registry's Confluent API, for example http://localhost:8081;
     *     {@code mock://scope} is Confluent's registry in memory, shared within the JVM by scope
     * @param settings further client settings such as {@code basic.auth.user.info}; may be empty
     */
    public SchemaRegistry(String url, Map<String, ?> settings) {
        this.url = url;
        Map<String, Object> all = new HashMap<>();
        all.put(SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 10_000);
        all.put(SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 20_000);
        all.putAll(settings);
        this.settings = Map.copyOf(all);
        this.client =
                SchemaRegistryClientFactory.newClient(
                        List.of(url),
                        CACHED_SCHEMAS,
                        List.of(new AvroSchemaProvider()),
                        this.settings,
                        Map.of());
    }

    /** Base URL this registry is reached at. */
    public String url() {
        return url;
    }

    /** The client behind the serdes, for tools that need more than serdes. */
    public SchemaRegistryClient client() {
        return client;
    }

    /** Serde of one generated event class. */
    public <V extends SpecificRecord> Serde<V> serde(Class<V> valueType) {
        return Serdes.serdeFrom(serializer(valueType), deserializer(valueType));
    }

    /** Serializer of one generated event class; it looks schemas up and never registers. */
    @SuppressWarnings("unchecked")
    public <V extends SpecificRecord> Serializer<V> serializer(Class<V> valueType) {
        Topics.all().forEach(topic -> useGeneratedCoders(topic.valueType()));
        Map<String, Object> config = serdeConfig();
        config.put(AbstractKafkaSchemaSerDeConfig.AUTO_REGISTER_SCHEMAS, false);
        return (Serializer<V>) (Serializer<?>) new KafkaAvroSerializer(client, config);
    }

    /** Deserializer of one generated event class. */
    public <V extends SpecificRecord> Deserializer<V> deserializer(Class<V> valueType) {
        Map<String, Object> config = serdeConfig();
        config.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
        KafkaAvroDeserializer avro = new KafkaAvroDeserializer(client, config);
        return (topic, bytes) -> valueType.cast(avro.deserialize(topic, bytes));
    }

    /**
     * Registers the value schema of every topic under {@value #COMPATIBILITY}; registering what is
     * there already changes nothing.
     *
     * @throws SchemaRegistryException when the registry cannot be reached or refuses a schema as
     *     incompatible
     */
    public void register(List<Topic<?>> topics) {
        for (Topic<?> topic : topics) {
            register(topic);
        }
    }

    private void register(Topic<?> topic) {
        try {
            client.updateCompatibility(topic.subject(), COMPATIBILITY);
            client.register(topic.subject(), new AvroSchema(schemaOf(topic)));
        } catch (RestClientException e) {
            throw new SchemaRegistryException(
                    "the schema registry at "
                            + url
                            + " refused the schema of "
                            + topic.subject()
                            + ": "
                            + firstLine(e.getMessage())
                            + "; run the version that wrote the topic, or evolve the schema with defaults",
                    e);
        } catch (IOException e) {
            throw new SchemaRegistryException(
                    "cannot reach the schema registry at "
                            + url
                            + " ("
                            + firstLine(e.toString())
                            + "); check --schema-registry",
                    e);
        }
    }

    /** Generated code writes a record several times as fast as Avro's walk over its schema. */
    private static void useGeneratedCoders(Class<?> valueType) {
        SpecificData.getForClass(valueType).setCustomCoders(true);
    }

    private static org.apache.avro.Schema schemaOf(Topic<?> topic) {
        return SpecificData.get().getSchema(topic.valueType());
    }

    private static String firstLine(String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }

    private Map<String, Object> serdeConfig() {
        Map<String, Object> config = new HashMap<>(settings);
        config.put(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, url);
        return config;
    }
}
