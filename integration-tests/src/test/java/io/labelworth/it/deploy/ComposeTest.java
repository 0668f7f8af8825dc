package io.labelworth.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docker-compose.yml runs the images that are built here, against the Kafka that is tested here.
 */
class ComposeTest {

    private static final JsonNode COMPOSE = Yaml.document("docker-compose.yml");

    static List<String> services() {
        return Project.SERVICES;
    }

    @Test
    void runsTheServicesAndTheirClusterAndNothingElse() {
        List<String> names = new ArrayList<>(Project.SERVICES);
        names.addAll(List.of("kafka", "schema-registry"));

        assertThat(COMPOSE.path("services").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @MethodSource("services")
    void buildsTheImageThatItRuns(String service) {
        JsonNode definition = service(service);

        assertThat(definition.path("image").asText()).isEqualTo(Dockerfile.imageOf(service));
        assertThat(definition.path("build").path("context").asText()).isEqualTo(".");
        assertThat(definition.path("build").path("dockerfile").asText())
                .isEqualTo(Dockerfile.path(service));
        assertThat(definition.has("command")).as("the image's own command").isFalse();
    }

    @Test
    void runsTheKafkaAndTheRegistryOfThePom() {
        assertThat(service("kafka").path("image").asText())
                .isEqualTo("apache/kafka:" + Project.pomProperty("kafka.version"));
        assertThat(service("schema-registry").path("image").asText())
                .isEqualTo(
                        "confluentinc/cp-schema-registry:"
                                + Project.pomProperty("confluent.version"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void setsOnlyVariablesThatTheCodeReads(String service) {
        assertThat(environment(service).keySet()).isNotEmpty().isSubsetOf(DockerfilesTest.known());
    }

    @ParameterizedTest
    @MethodSource("services")
    void pointsAtTheListenersOfItsOwnCluster(String service) {
        Map<String, String> environment = environment(service);

        assertThat(environment("kafka").get("KAFKA_ADVERTISED_LISTENERS").split(","))
                .contains("PLAINTEXT://" + environment.get("LABELWORTH_BOOTSTRAP_SERVERS"));
        String registry = environment("schema-registry").get("SCHEMA_REGISTRY_LISTENERS");
        assertThat(environment.get("LABELWORTH_SCHEMA_REGISTRY_URL"))
                .isEqualTo(registry.replace("0.0.0.0", "schema-registry"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void startsServicesOnceTheClusterIsHealthy(String service) {
        JsonNode dependsOn = service(service).path("depends_on");

        for (String dependency : List.of("kafka", "schema-registry")) {
            assertThat(dependsOn.path(dependency).path("condition").asText())
                    .isEqualTo("service_healthy");
            assertThat(service(dependency).path("healthcheck").path("test"))
                    .as("healthcheck of %s", dependency)
                    .isNotEmpty();
        }
    }

    @Test
    void publishesTheDashboardWhereTheReadmeSaysAndEverythingOnLoopbackOnly() {
        int dashboard = Dockerfile.of("analytics").port();

        assertThat(Yaml.texts(service("analytics").path("ports")))
                .containsExactly("127.0.0.1:" + dashboard + ":" + dashboard);
        COMPOSE.path("services")
                .forEach(
                        definition ->
                                assertThat(Yaml.texts(definition.path("ports")))
                                        .allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @ParameterizedTest
    @MethodSource("services")
    void keepsWhatTheImageWrites(String service) {
        List<String> targets =
                Yaml.texts(service(service).path("volumes")).stream()
                        .map(volume -> volume.substring(volume.indexOf(':') + 1))
                        .toList();

        Project.foldersReadBy(service).stream()
                .map(name -> Dockerfile.of(service).environment().get(name))
                .forEach(
                        folder ->
                                assertThat(targets)
                                        .as("volumes of %s, which writes %s", service, folder)
                                        .anyMatch(
                                                target -> (folder + "/").startsWith(target + "/")));
    }

    @Test
    void declaresTheVolumesThatItUses() {
        COMPOSE.path("services")
                .forEach(
                        definition ->
                                Yaml.texts(definition.path("volumes")).stream()
                                        .filter(volume -> !volume.startsWith("/"))
                                        .map(volume -> volume.split(":")[0])
                                        .forEach(
                                                name ->
                                                        assertThat(
                                                                        COMPOSE.path("volumes")
                                                                                .has(name))
                                                                .as("volume %s", name)
                                                                .isTrue()));
    }

    @Test
    void tellsOfCommandsThatThereAre() {
        List<String> told =
                Pattern.compile("docker compose run --rm labeler ([a-z-]+)")
                        .matcher(Project.read("docker-compose.yml"))
                        .results()
                        .map(match -> match.group(1))
                        .toList();

        assertThat(told).isNotEmpty().isSubsetOf(DockerfilesTest.commands());
    }

    static Map<String, String> environment(String service) {
        return Yaml.entries(service(service).path("environment"));
    }

    private static JsonNode service(String name) {
        return COMPOSE.path("services").path(name);
    }
}
