package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    private static final Map<String, String> SECURED =
            Map.of(
                    "LABELWORTH_BOOTSTRAP_SERVERS", "broker:9092",
                    "LABELWORTH_SCHEMA_REGISTRY_URL", "http://user:s3cret@registry:8081",
                    "LABELWORTH_KAFKA_SASL_JAAS_CONFIG", "password=\"s3cret\";",
                    "LABELWORTH_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                    "LABELWORTH_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "user:s3cret",
                    "UNRELATED", "s3cret");

    @Test
    void prefixedVariablesReachTheClientsByKafkasNames() {
        KafkaSettings settings = KafkaSettings.fromEnvironment(SECURED);

        assertThat(settings.clientOverrides())
                .containsOnly(
                        Map.entry("sasl.jaas.config", "password=\"s3cret\";"),
                        Map.entry("security.protocol", "SASL_SSL"));
        assertThat(settings.registryOverrides())
                .containsOnly(Map.entry("basic.auth.user.info", "user:s3cret"));
    }

    @Test
    void aUserOverridesPreferencesButNotWhatCorrectnessNeeds() {
        KafkaSettings settings =
                new KafkaSettings(
                        "broker:9092",
                        "http://registry:8081",
                        Map.of("linger.ms", "50", "acks", "0", "client.id", "mine"),
                        Map.of());

        Properties client =
                settings.client("labeler-0", Map.of("linger.ms", 5), Map.of("acks", "all"));

        assertThat(client)
                .containsEntry("linger.ms", "50")
                .containsEntry("acks", "all")
                .containsEntry("client.id", "labeler-0")
                .containsEntry("bootstrap.servers", "broker:9092");
    }

    @Test
    void noTextOfTheSettingsHoldsAPassword() {
        KafkaSettings settings = KafkaSettings.fromEnvironment(SECURED);

        String text = settings.toString();

        assertThat(text)
                .doesNotContain("s3cret")
                .contains("broker:9092", "http://registry:8081", "sasl.jaas.config");
    }

    @Test
    void aMissingAddressIsRefusedWithWhatToDo() {
        Map<String, String> onlyBrokers = Map.of("LABELWORTH_BOOTSTRAP_SERVERS", "broker:9092");

        assertThatThrownBy(() -> KafkaSettings.fromEnvironment(onlyBrokers))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--schema-registry")
                .hasMessageContaining("LABELWORTH_SCHEMA_REGISTRY_URL");
        assertThatThrownBy(() -> KafkaSettings.fromEnvironment(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--bootstrap-servers");
    }
}
