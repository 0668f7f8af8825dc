package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.labelworth.kafka.ConfigurationException;
import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A YAML file as a tree whose nodes know the line that they are on. Scalars are text as written, so
 * that a number has one spelling: its author's.
 */
final class LocatedYaml {

    private static final YAMLFactory YAML = new YAMLFactory();

    private final String file;
    private final JsonNode root;
    private final Map<JsonNode, Integer> lines = new IdentityHashMap<>();
    private final Map<JsonNode, Map<String, Integer>> keyLines = new IdentityHashMap<>();

    private LocatedYaml(String yaml, String file) throws IOException {
        this.file = file;
        try (JsonParser parser = YAML.createParser(yaml)) {
            parser.nextToken();
            this.root = parser.currentToken() == null ? NullNode.getInstance() : node(parser);
            if (parser.nextToken() != null) {
                throw error(parser.currentTokenLocation().getLineNr(), "a second document");
            }
        }
    }

    /**
     * Reads a file.
     *
     * @param file its name, for messages
     * @throws ConfigurationException when it is no YAML; names the line
     */
    static LocatedYaml read(String yaml, String file) {
        try {
            return new LocatedYaml(yaml, file);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new ConfigurationException(
                    file + (place == null ? "" : ":" + place.getLineNr()) + ": " + problem(e), e);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": " + e.getMessage(), e);
        }
    }

    /** In one line: the excerpts of the file that the parser adds are indented. */
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }

    /** The whole file; a null node where it is empty. */
    JsonNode root() {
        return root;
    }

    /** The line of a node, from 1; 1 for what is not in the file as it is. */
    int line(JsonNode node) {
        return lines.getOrDefault(node, 1);
    }

    /** The line of a key; its object's where it is not there. */
    int line(JsonNode object, String key) {
        return keyLines.getOrDefault(object, Map.of()).getOrDefault(key, line(object));
    }

    /** The place of nodes that were put together from those of the file. */
    void derived(JsonNode made, JsonNode from) {
        lines.putIfAbsent(made, line(from));
        keyLines.computeIfAbsent(made, m -> new HashMap<>())
                .putAll(keyLines.getOrDefault(from, Map.of()));
    }

    /** What is wrong on a line, to be thrown. */
    ConfigurationException error(int line, String message) {
        return new ConfigurationException(file + ":" + line + ": " + message);
    }

    private JsonNode node(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode node =
                switch (parser.currentToken()) {
                    case START_OBJECT -> object(parser);
                    case START_ARRAY -> array(parser);
                    case VALUE_NULL -> NullNode.getInstance();
                    default -> new TextNode(parser.getText());
                };
        if (!node.isNull()) {
            lines.put(node, line);
        }
        return node;
    }

    private ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Map<String, Integer> keys = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            if (keys.put(key, line) != null) {
                throw error(line, "key '" + key + "' is there twice");
            }
            parser.nextToken();
            object.set(key, node(parser));
        }
        keyLines.put(object, keys);
        return object;
    }

    private ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(node(parser));
        }
        return array;
    }
}
