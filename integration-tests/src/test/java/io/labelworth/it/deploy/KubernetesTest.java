package io.labelworth.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.analytics.AnalyticsSettings;
import io.labelworth.labeler.LabelerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** k8s/ deploys what docker-compose.yml does, and its parts fit each other. */
class KubernetesTest {

    private static final Manifests BASE = Manifests.base();
    private static final String OVERLAY = "k8s/overlays/existing-cluster/kustomization.yaml";

    static List<String> services() {
        return Project.SERVICES;
    }

    static Stream<String> workloads() {
        return BASE.workloads().stream().map(Manifests::nameOf);
    }

    @Test
    void everyFileOfTheBaseIsOneOfItsResources() throws IOException {
        List<String> listed = Yaml.texts(BASE.kustomization().path("resources"));

        try (Stream<Path> files = Files.list(Project.path(Manifests.BASE))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(file -> !file.equals("kustomization.yaml"))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void runsTheImagesOfCompose(String name) {
        JsonNode compose = Yaml.document("docker-compose.yml").path("services").path(name);

        assertThat(container(name).path("image")).isEqualTo(compose.path("image"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void runsTheServicesOwnCommand(String service) {
        assertThat(Yaml.texts(container(service).path("args")))
                .isEqualTo(Dockerfile.of(service).exec("CMD"));
        assertThat(container(service).has("command")).as("the image's entry point").isFalse();
    }

    @ParameterizedTest
    @MethodSource("services")
    void probesHealthOnThePortThatTheServiceListensOn(String service) {
        JsonNode container = container(service);

        assertThat(container.path("ports").findValuesAsText("containerPort"))
                .containsExactly(Integer.toString(Dockerfile.of(service).port()));
        String port = container.path("ports").path(0).path("name").asText();
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            JsonNode get = container.path(probe).path("httpGet");
            assertThat(get.path("path").asText()).as(probe).isEqualTo("/health");
            assertThat(get.path("port").asText()).as(probe).isEqualTo(port);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void tellsPrometheusWhereTheMetricsAre(String service) {
        JsonNode annotations = workload(service).at("/spec/template/metadata/annotations");

        assertThat(annotations.path("prometheus.io/scrape").asText()).isEqualTo("true");
        assertThat(annotations.path("prometheus.io/path").asText()).isEqualTo("/metrics");
        assertThat(annotations.path("prometheus.io/port").asText())
                .isEqualTo(Integer.toString(Dockerfile.of(service).port()));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aServiceOfTheSameNameLeadsToThePods(String name) {
        JsonNode service = BASE.resource("Service", name).path("spec");
        JsonNode workload = workload(name);
        JsonNode port = service.path("ports").path(0);

        assertThat(workload.path("spec").path("template").path("metadata").path("labels"))
                .isEqualTo(service.path("selector"))
                .isEqualTo(workload.path("spec").path("selector").path("matchLabels"));
        JsonNode containerPort = container(name).path("ports").path(0);
        assertThat(port.path("targetPort")).isEqualTo(containerPort.path("name"));
        assertThat(port.path("port")).isEqualTo(containerPort.path("containerPort"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void setsTheVariablesOfCompose(String service) {
        JsonNode container = container(service);
        Map<String, String> variables = new TreeMap<>(Manifests.environment(container));
        for (JsonNode source : container.path("envFrom")) {
            String map = source.path("configMapRef").path("name").asText();
            variables.putAll(BASE.generatedConfigMaps().get(map));
        }

        // A pod of several needs a name of its own, which Compose gives its one container.
        variables.remove(AnalyticsSettings.ADVERTISED);
        assertThat(variables).isEqualTo(ComposeTest.environment(service));
        assertThat(container.path("env").findValuesAsText("name"))
                .isSubsetOf(DockerfilesTest.known());
    }

    @Test
    void analyticsInstancesReachEachOtherByTheNamesOfTheirPods() {
        String pods = workload("analytics").at("/spec/serviceName").asText();
        JsonNode service = BASE.resource("Service", pods).path("spec");

        assertThat(service.path("clusterIP").asText()).isEqualTo("None");
        // An instance that still restores its state is asked for what it has.
        assertThat(service.path("publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(service.at("/selector/app.kubernetes.io~1name").asText()).isEqualTo("analytics");
        assertThat(Manifests.environment(container("analytics")))
                .containsEntry(
                        AnalyticsSettings.ADVERTISED,
                        "$(LABELWORTH_INSTANCE)." + pods + ":" + Dockerfile.of("analytics").port());
    }

    @ParameterizedTest
    @MethodSource("services")
    void namesAnInstanceAfterItsStablePod(String service) {
        JsonNode workload = workload(service);

        assertThat(workload.path("kind").asText()).isEqualTo("StatefulSet");
        assertThat(container(service).path("env"))
                .filteredOn(variable -> Manifests.nameOf(variable).equals(LabelerSettings.INSTANCE))
                .singleElement()
                .extracting(variable -> variable.at("/valueFrom/fieldRef/fieldPath").asText())
                .isEqualTo("metadata.name");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void noServiceLinkBecomesASetting(String name) {
        // A Service named kafka would set KAFKA_PORT, one named labelworth-kafka
        // LABELWORTH_KAFKA_PORT.
        assertThat(Manifests.pod(workload(name)).path("enableServiceLinks").asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("services")
    void keepsWhatComposeKeeps(String service) {
        JsonNode compose = Yaml.document("docker-compose.yml").path("services").path(service);
        List<String> kept =
                Yaml.texts(compose.path("volumes")).stream()
                        .map(volume -> volume.substring(volume.indexOf(':') + 1))
                        .toList();

        assertThat(container(service).path("volumeMounts").findValuesAsText("mountPath"))
                .containsExactlyInAnyOrderElementsOf(kept);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void mountsOnlyVolumesThatThereAre(String name) {
        JsonNode workload = workload(name);
        List<String> volumes = new ArrayList<>();
        for (JsonNode volume : Manifests.pod(workload).path("volumes")) {
            String claim = volume.path("persistentVolumeClaim").path("claimName").asText();
            BASE.resource("PersistentVolumeClaim", claim);
            volumes.add(Manifests.nameOf(volume));
        }
        workload.path("spec")
                .path("volumeClaimTemplates")
                .forEach(template -> volumes.add(Manifests.nameOf(template)));

        assertThat(container(name).path("volumeMounts").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(volumes);
    }

    @Test
    void theOverlaySetsOnlyVariablesThatTheCodeOrKafkaReads() {
        JsonNode overlay = Yaml.document(OVERLAY);

        Manifests.literals(overlay).get("cluster").keySet().stream()
                .filter(name -> !DockerfilesTest.known().contains(name))
                .forEach(
                        name -> {
                            assertThat(name).startsWith("LABELWORTH_KAFKA_");
                            String key = name.substring("LABELWORTH_KAFKA_".length());
                            assertThat(AdminClientConfig.configNames())
                                    .contains(
                                            key.toLowerCase(java.util.Locale.ROOT)
                                                    .replace('_', '.'));
                        });
    }

    @Test
    void theOverlayPatchesResourcesThatThereAre() {
        JsonNode overlay = Yaml.document(OVERLAY);

        assertThat(overlay.path("namespace")).isEqualTo(BASE.kustomization().path("namespace"));
        assertThat(overlay.path("patches")).isNotEmpty();
        for (JsonNode patch : overlay.path("patches")) {
            JsonNode target = patch.path("target");
            for (String name : target.path("name").asText().split("\\|")) {
                BASE.resource(target.path("kind").asText(), name);
            }
        }
    }

    private static JsonNode workload(String name) {
        return BASE.workloads().stream()
                .filter(workload -> Manifests.nameOf(workload).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("k8s/base runs no " + name));
    }

    private static JsonNode container(String name) {
        return Manifests.container(workload(name));
    }
}
