package io.labelworth.labeler.announce;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what people say of a checkpoint in JSON, a field at a time. A network, a preprocessing and
 * a codec are {@code {"name": ..., "parameters": {...}}}, as in events; parameters may be numbers
 * or text.
 */
public final class CheckpointJson {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JsonNode object;

    private CheckpointJson(JsonNode object) {
        this.object = object;
    }

    /**
     * Takes in an object.
     *
     * @throws RefusedException when {@code text} is none
     */
    public static CheckpointJson of(String text) throws RefusedException {
        try {
            JsonNode object = JSON.readTree(text);
            if (!object.isObject()) {
                throw bad("it is no JSON object");
            }
            return new CheckpointJson(object);
        } catch (JsonProcessingException e) {
            throw bad("it is no JSON: " + e.getOriginalMessage());
        }
    }

    /** Refuses fields that nobody reads: one misspelt would be at its default. */
    public void requireOnly(Set<String> known) throws RefusedException {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw bad("unknown field \"" + field.getKey() + "\"");
            }
        }
    }

    /** A field that must be there. */
    public <T> T required(String name, Optional<T> value) throws RefusedException {
        return value.orElseThrow(() -> bad("the field " + name + " is missing"));
    }

    /** A text; empty where it is absent or null. */
    public Optional<String> text(String name) throws RefusedException {
        return field(name, JsonNode::isTextual, "a text").map(JsonNode::textValue);
    }

    /** A whole number; empty where it is absent or null. */
    public Optional<Long> whole(String name) throws RefusedException {
        return field(
                        name,
                        node -> node.isIntegralNumber() && node.canConvertToLong(),
                        "a whole number")
                .map(JsonNode::longValue);
    }

    /** A number; empty where it is absent or null. */
    public Optional<Double> number(String name) throws RefusedException {
        return field(name, JsonNode::isNumber, "a number").map(JsonNode::doubleValue);
    }

    /** A format of weights; empty where it is absent or null. */
    public Optional<WeightsFormat> format() throws RefusedException {
        return parsed("format", text("format"), WeightsFormat::of);
    }

    /** A precision; empty where it is absent or null. */
    public Optional<Precision> precision() throws RefusedException {
        return parsed("precision", text("precision"), Precision::of);
    }

    /** A network; empty where it is absent or null. */
    public Optional<Architecture> architecture() throws RefusedException {
        return parsed(
                "architecture",
                choice("architecture"),
                choice -> new Architecture(choice.name(), choice.parameters()));
    }

    /** A preprocessing; empty where it is absent or null. */
    public Optional<Preprocessing> preprocessing() throws RefusedException {
        return parsed(
                "preprocessing",
                choice("preprocessing"),
                choice -> Preprocessing.of(choice.name(), choice.parameters()));
    }

    /** A codec; empty where it is absent or null. */
    public Optional<LabelCodec> codec() throws RefusedException {
        return parsed(
                "codec",
                choice("codec"),
                choice -> LabelCodecs.of(choice.name(), choice.parameters()));
    }

    private record Named(String name, Map<String, String> parameters) {}

    private Optional<Named> choice(String name) throws RefusedException {
        Optional<JsonNode> node = field(name, CheckpointJson::isChoice, "a name with parameters");
        return node.map(
                choice -> {
                    Map<String, String> parameters = new HashMap<>();
                    choice.path("parameters")
                            .properties()
                            .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
                    return new Named(choice.get("name").textValue(), parameters);
                });
    }

    private static boolean isChoice(JsonNode node) {
        JsonNode parameters = node.path("parameters");
        boolean flat = parameters.isMissingNode() || parameters.isObject();
        for (JsonNode value : parameters) {
            flat &= value.isTextual() || value.isNumber();
        }
        return node.path("name").isTextual() && flat;
    }

    private Optional<JsonNode> field(String name, Function<JsonNode, Boolean> fits, String what)
            throws RefusedException {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!fits.apply(node)) {
            throw bad("the field " + name + " is not " + what);
        }
        return Optional.of(node);
    }

    private static <S, T> Optional<T> parsed(String name, Optional<S> value, Function<S, T> parser)
            throws RefusedException {
        try {
            return value.map(parser);
        } catch (ModelException | LabelException e) {
            throw bad(name + ": " + e.getMessage());
        }
    }

    private static RefusedException bad(String line) {
        return new RefusedException(RefusedException.BAD_REQUEST, line);
    }
}
