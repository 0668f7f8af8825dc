package io.labelworth.kafka;

import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster and a registry that were found, and found fit: what every service opens first.
 *
 * @param settings how both are reached
 * @param registry schema registry, every schema registered
 * @param cluster cluster, every topic there
 */
public record KafkaConnection(KafkaSettings settings, SchemaRegistry registry, Cluster cluster)
        implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaConnection.class);

    /**
     * Connects, registers the schemas and creates missing topics; topics that differ from their
     * definition are warned about.
     *
     * @throws ConfigurationException when the cluster does not answer or is too old
     * @throws io.labelworth.schemas.SchemaRegistryException when the registry does not answer or
     *     refuses a schema
     */
    public static KafkaConnection open(KafkaSettings settings) {
        Cluster cluster = Cluster.connect(settings);
        try {
            SchemaRegistry registry =
                    new SchemaRegistry(settings.schemaRegistryUrl(), settings.registryOverrides());
            registry.register(Topics.all());
            cluster.ensure(Topics.all()).forEach(log::warn);
            return new KafkaConnection(settings, registry, cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Consumers of this cluster. */
    public EventConsumers consumers() {
        return new EventConsumers(settings, registry);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
