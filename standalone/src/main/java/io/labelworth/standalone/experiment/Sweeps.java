package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Writes out what a file's sweeps stand for. A parameter that lists values makes a variant of each;
 * several make one of each combination, the last named varying fastest.
 */
final class Sweeps {

    static final String VARIANTS = "variants";

    private static final Set<String> VARIED = varied();
    private static final String PARAMETERS = "parameters";
    private static final int MOST = 10_000;

    private final LocatedYaml file;

    private Sweeps(LocatedYaml file) {
        this.file = file;
    }

    /**
     * The experiment without sweeps: variants instead, where there is more than one.
     *
     * @throws io.labelworth.kafka.ConfigurationException when there are no variants, or too many
     */
    static ObjectNode writtenOut(LocatedYaml file, ObjectNode experiment) {
        return new Sweeps(file).writtenOut(experiment);
    }

    private ObjectNode writtenOut(ObjectNode experiment) {
        ObjectNode plain = experiment.objectNode().setAll(experiment);
        file.derived(plain, experiment);
        JsonNode listed = plain.remove(VARIANTS);
        if (listed != null && listed.isEmpty()) {
            throw file.error(file.line(experiment, VARIANTS), VARIANTS + " lists none");
        }
        ArrayNode variants = experiment.arrayNode();
        for (JsonNode variant : listed == null ? List.of(experiment.objectNode()) : listed) {
            alternatives(own(experiment, variant)).forEach(variants::add);
            if (variants.size() > MOST) {
                throw file.error(file.line(variant), "more than " + MOST + " variants");
            }
        }
        VARIED.stream()
                .filter(plain::has)
                .forEach(key -> plain.set(key, alternatives(plain.get(key)).get(0)));
        if (listed != null || variants.size() > 1) {
            plain.set(VARIANTS, variants);
        }
        return plain;
    }

    /** What a variant has of its own: what it says, and what the experiment sweeps. */
    private ObjectNode own(ObjectNode experiment, JsonNode variant) {
        ObjectNode own = experiment.objectNode();
        file.derived(own, variant.isEmpty() ? experiment : variant);
        for (String key : VARIED) {
            JsonNode of = variant.has(key) ? variant.get(key) : experiment.get(key);
            if (variant.has(key) || of != null && alternatives(of).size() > 1) {
                own.set(key, of);
            }
        }
        return own;
    }

    /** A node without sweeps, for each combination of their values. */
    private List<JsonNode> alternatives(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<ObjectNode> made = List.of(object.objectNode());
            for (String key : names(object)) {
                List<JsonNode> values =
                        key.equals(PARAMETERS)
                                ? parameters((ObjectNode) object.get(key))
                                : alternatives(object.get(key));
                made = product(made, values, (of, value) -> of.set(key, value));
            }
            made.forEach(one -> file.derived(one, node));
            return List.copyOf(made);
        }
        if (node instanceof ArrayNode array) {
            List<ArrayNode> made = List.of(array.arrayNode());
            for (JsonNode item : array) {
                made = product(made, alternatives(item), ArrayNode::add);
            }
            made.forEach(one -> file.derived(one, node));
            return List.copyOf(made);
        }
        return List.of(node);
    }

    private List<JsonNode> parameters(ObjectNode parameters) {
        List<ObjectNode> made = List.of(parameters.objectNode());
        for (String name : names(parameters)) {
            JsonNode given = parameters.get(name);
            List<JsonNode> values = new ArrayList<>();
            (given.isArray() ? given : List.of(given)).forEach(values::add);
            made = product(made, values, (of, value) -> of.set(name, value));
        }
        made.forEach(one -> file.derived(one, parameters));
        return List.copyOf(made);
    }

    private <N extends JsonNode> List<N> product(
            List<N> made, List<JsonNode> values, BiConsumer<N, JsonNode> add) {
        if ((long) made.size() * values.size() > MOST) {
            throw file.error(file.line(values.get(0)), "more than " + MOST + " variants");
        }
        List<N> products = new ArrayList<>();
        for (N one : made) {
            for (JsonNode value : values) {
                @SuppressWarnings("unchecked")
                N copy = values.size() == 1 ? one : (N) copy(one);
                add.accept(copy, value);
                products.add(copy);
            }
        }
        return products;
    }

    /** Shallow, since lines are known of the very nodes of the file. */
    private static JsonNode copy(JsonNode container) {
        return container instanceof ArrayNode array
                ? array.arrayNode().addAll(array)
                : ((ObjectNode) container).objectNode().setAll((ObjectNode) container);
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> varied() {
        Set<String> keys = new LinkedHashSet<>();
        for (var component : ExperimentFile.VariantLine.class.getRecordComponents()) {
            keys.add(component.getName());
        }
        return keys;
    }
}
