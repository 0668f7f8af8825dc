package io.labelworth.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML files of this repository, with anchors and merge keys resolved. */
final class Yaml {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Yaml() {}

    /** The documents of a file, from the repository's root. */
    static List<JsonNode> documents(String relative) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
                .loadAll(Project.read(relative))
                .forEach(document -> documents.add(MAPPER.valueToTree(document)));
        return documents;
    }

    /** The only document of a file. */
    static JsonNode document(String relative) {
        List<JsonNode> documents = documents(relative);
        if (documents.size() != 1) {
            throw new AssertionError(relative + " has " + documents.size() + " documents");
        }
        return documents.get(0);
    }

    /** Elements of an array of texts; none when it is missing. */
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** Entries of an object of scalars. */
    static Map<String, String> entries(JsonNode object) {
        Map<String, String> entries = new TreeMap<>();
        object.properties()
                .forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
        return entries;
    }
}
