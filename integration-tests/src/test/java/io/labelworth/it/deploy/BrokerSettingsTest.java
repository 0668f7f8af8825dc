package io.labelworth.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import kafka.docker.KafkaDockerWrapper$;
import kafka.server.KafkaConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Kafka of docker-compose.yml and of k8s/, read as its image reads it: the image's own code
 * turns variables into settings, and the broker's own code checks them.
 */
class BrokerSettingsTest {

    /** What depends on the names and ports of the place. */
    private static final Set<String> OF_THE_PLACE =
            Set.of("listeners", "advertised.listeners", "listener.security.protocol.map");

    static Stream<Named<Map<String, String>>> deployments() {
        return Stream.of(Named.of("compose", compose()), Named.of("kubernetes", kubernetes()));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void areSettingsThatKafkaKnowsAndAccepts(Map<String, String> environment) {
        Map<String, String> settings = settings(environment);

        assertThatCode(() -> config(settings)).doesNotThrowAnyException();

        assertThat(settings.keySet()).isSubsetOf(AbstractKafkaConfig.CONFIG_DEF.names());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void keepTheOffsetsOfIdleGroupsForEver(Map<String, String> environment) {
        KafkaConfig config = config(settings(environment));

        assertThat(config.groupCoordinatorConfig().offsetsRetentionMs())
                .isEqualTo(Integer.MAX_VALUE * 60_000L);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void passADeadLabelersPartitionsOnWithinSixSeconds(Map<String, String> environment) {
        KafkaConfig config = config(settings(environment));

        assertThat(config.groupCoordinatorConfig().consumerGroupSessionTimeoutMs())
                .isEqualTo(6_000);
        assertThat(config.groupCoordinatorConfig().consumerGroupHeartbeatIntervalMs())
                .isLessThan(3_000);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void letASingleBrokerServeTransactionsAndShareGroups(Map<String, String> environment) {
        KafkaConfig config = config(settings(environment));

        assertThat(
                        Stream.of(
                                "offsets.topic.replication.factor",
                                "transaction.state.log.replication.factor",
                                "share.coordinator.state.topic.replication.factor",
                                "share.coordinator.state.topic.min.isr"))
                .allSatisfy(name -> assertThat(config.getShort(name)).isEqualTo((short) 1));
        assertThat(config.getInt("transaction.state.log.min.isr")).isEqualTo(1);
        assertThat(config.autoCreateTopicsEnable()).isFalse();
    }

    @Test
    void areTheSameInBothPlaces() {
        assertThat(withoutPlace(settings(kubernetes())))
                .isEqualTo(withoutPlace(settings(compose())));
    }

    private static Map<String, String> compose() {
        return ComposeTest.environment("kafka");
    }

    private static Map<String, String> kubernetes() {
        return Manifests.environment(
                Manifests.container(Manifests.base().resource("StatefulSet", "kafka")));
    }

    private static Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>();
        CollectionConverters.asJava(
                        KafkaDockerWrapper$.MODULE$.getServerConfigsFromEnv(
                                scala.collection.immutable.Map.from(
                                        CollectionConverters.asScala(environment))))
                .forEach(line -> settings.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return settings;
    }

    private static Map<String, String> withoutPlace(Map<String, String> settings) {
        Map<String, String> rest = new TreeMap<>(settings);
        rest.keySet().removeAll(OF_THE_PLACE);
        return rest;
    }

    private static KafkaConfig config(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return KafkaConfig.fromProps(properties);
    }
}
