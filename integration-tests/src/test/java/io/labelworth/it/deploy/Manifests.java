package io.labelworth.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The resources of k8s/base.
 *
 * @param kustomization the base's kustomization.yaml
 * @param resources documents of the files that it lists
 */
record Manifests(JsonNode kustomization, List<JsonNode> resources) {

    static final String BASE = "k8s/base/";

    static Manifests base() {
        JsonNode kustomization = Yaml.document(BASE + "kustomization.yaml");
        List<JsonNode> resources = new ArrayList<>();
        Yaml.texts(kustomization.path("resources"))
                .forEach(file -> resources.addAll(Yaml.documents(BASE + file)));
        return new Manifests(kustomization, List.copyOf(resources));
    }

    /** The resource of a kind and a name. */
    JsonNode resource(String kind, String name) {
        return resources.stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .filter(resource -> nameOf(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("k8s/base has no " + kind + " " + name));
    }

    /** Resources that make pods. */
    List<JsonNode> workloads() {
        return resources.stream().filter(resource -> pod(resource).isObject()).toList();
    }

    /** Names of the ConfigMaps that kustomize makes, with their entries. */
    Map<String, Map<String, String>> generatedConfigMaps() {
        return literals(kustomization);
    }

    /** Entries of a kustomization's generated ConfigMaps, by name. */
    static Map<String, Map<String, String>> literals(JsonNode kustomization) {
        Map<String, Map<String, String>> maps = new TreeMap<>();
        for (JsonNode generator : kustomization.path("configMapGenerator")) {
            Map<String, String> entries = new TreeMap<>();
            for (String literal : Yaml.texts(generator.path("literals"))) {
                entries.put(literal.split("=", 2)[0], literal.split("=", 2)[1]);
            }
            maps.put(nameOf(generator), entries);
        }
        return maps;
    }

    static String nameOf(JsonNode resource) {
        return resource.has("metadata")
                ? resource.path("metadata").path("name").asText()
                : resource.path("name").asText();
    }

    /** Specification of a workload's pods. */
    static JsonNode pod(JsonNode workload) {
        return workload.path("spec").path("template").path("spec");
    }

    /** The container of a workload that has one. */
    static JsonNode container(JsonNode workload) {
        JsonNode containers = pod(workload).path("containers");
        if (containers.size() != 1) {
            throw new AssertionError(
                    nameOf(workload) + " has " + containers.size() + " containers");
        }
        return containers.get(0);
    }

    /** Variables that a container sets by value. */
    static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode variable : container.path("env")) {
            if (variable.has("value")) {
                environment.put(nameOf(variable), variable.path("value").asText());
            }
        }
        return environment;
    }
}
