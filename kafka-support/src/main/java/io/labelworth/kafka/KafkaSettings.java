package io.labelworth.kafka;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How clients reach the cluster and the schema registry.
 *
 * <p>Precedence is written once, in {@link #client}: Kafka's defaults, then what the user passes
 * through {@code LABELWORTH_KAFKA_*}, then what correctness needs, which nobody overrides.
 *
 * @param bootstrapServers brokers to start from, {@code host:port[,host:port]}
 * @param schemaRegistryUrl base URL of the registry's Confluent API
 * @param clientOverrides client properties of the user, by Kafka's names (TLS, SASL, ...)
 * @param registryOverrides schema-registry client properties of the user, by Confluent's names
 */
public record KafkaSettings(
        String bootstrapServers,
        String schemaRegistryUrl,
        Map<String, String> clientOverrides,
        Map<String, String> registryOverrides) {

    /** Variable with the brokers to start from. */
    public static final String BOOTSTRAP_SERVERS = "LABELWORTH_BOOTSTRAP_SERVERS";

    /** Variable with the registry's URL. */
    public static final String SCHEMA_REGISTRY_URL = "LABELWORTH_SCHEMA_REGISTRY_URL";

    /** {@code LABELWORTH_KAFKA_SASL_JAAS_CONFIG} becomes {@code sasl.jaas.config}, and so on. */
    public static final String CLIENT_PREFIX = "LABELWORTH_KAFKA_";

    /**
     * {@code LABELWORTH_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO} becomes {@code basic.auth.user.info}.
     */
    public static final String REGISTRY_PREFIX = "LABELWORTH_SCHEMA_REGISTRY_";

    /** Copies the maps and refuses missing addresses. */
    public KafkaSettings {
        requireAddress(bootstrapServers, "brokers", "--bootstrap-servers", BOOTSTRAP_SERVERS);
        requireAddress(
                schemaRegistryUrl, "schema registry", "--schema-registry", SCHEMA_REGISTRY_URL);
        clientOverrides = Map.copyOf(clientOverrides);
        registryOverrides = Map.copyOf(registryOverrides);
    }

    /** Settings without overrides, for a cluster on this machine. */
    public static KafkaSettings of(String bootstrapServers, String schemaRegistryUrl) {
        return new KafkaSettings(bootstrapServers, schemaRegistryUrl, Map.of(), Map.of());
    }

    /**
     * Settings from environment variables.
     *
     * @throws ConfigurationException when an address is missing
     */
    public static KafkaSettings fromEnvironment(Map<String, String> environment) {
        return new KafkaSettings(
                environment.get(BOOTSTRAP_SERVERS),
                environment.get(SCHEMA_REGISTRY_URL),
                overrides(environment, CLIENT_PREFIX),
                overrides(environment, REGISTRY_PREFIX));
    }

    /** Pass-through properties of one prefix, by their Kafka names. */
    public static Map<String, String> overrides(Map<String, String> environment, String prefix) {
        Map<String, String> found = new HashMap<>();
        environment.forEach(
                (name, value) -> {
                    if (name.startsWith(prefix) && !name.equals(SCHEMA_REGISTRY_URL)) {
                        String key = name.substring(prefix.length());
                        found.put(key.toLowerCase(Locale.ROOT).replace('_', '.'), value);
                    }
                });
        return found;
    }

    /**
     * Properties of one client.
     *
     * @param clientId name of the client in the broker's metrics and logs
     * @param defaults what this client prefers and a user may change
     * @param required what correctness needs; wins over everything
     */
    public Properties client(String clientId, Map<String, ?> defaults, Map<String, ?> required) {
        Properties properties = new Properties();
        properties.putAll(defaults);
        properties.putAll(clientOverrides);
        properties.putAll(required);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return properties;
    }

    /** Names the addresses and which overrides are set, never their values: they hold passwords. */
    @Override
    public String toString() {
        return "brokers "
                + bootstrapServers
                + ", schema registry "
                + withoutUserInfo(schemaRegistryUrl)
                + ", overrides "
                + clientOverrides.keySet().stream().sorted().toList()
                + registryOverrides.keySet().stream().sorted().toList();
    }

    /** A URL with credentials removed, for messages. */
    static String withoutUserInfo(String url) {
        return url.replaceAll("//[^/@]*@", "//");
    }

    private static void requireAddress(
            String address, String what, String option, String variable) {
        if (Objects.requireNonNullElse(address, "").isBlank()) {
            throw new ConfigurationException(
                    "no "
                            + what
                            + " given: pass "
                            + option
                            + " or set "
                            + variable
                            + ", or start one here with ./labelworth up");
        }
    }
}
