package io.labelworth.analytics.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Builds an OpenAPI operation: what a GET takes and gives. */
public final class Operation {

    /** Media type of all answers but few. */
    public static final String JSON = "application/json";

    private static final Map<Integer, String> PROBLEMS =
            new TreeMap<>(
                    Map.of(
                            304, "Not changed since the ETag in If-None-Match",
                            400, "A parameter is not what it must be",
                            404, "Nothing has that name",
                            503, "Not ready: ask again after Retry-After seconds"));

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    private Operation(String summary) {
        node.put("summary", summary);
        node.putArray("parameters");
        node.putObject("responses");
    }

    /** An operation that does what the summary says. */
    public static Operation of(String summary) {
        return new Operation(summary);
    }

    /** A parameter in the path. */
    public Operation path(String name, String description) {
        return parameter("path", name, description, JsonSchema.type("string"));
    }

    /** An optional parameter in the query. */
    public Operation query(String name, String description, JsonNode schema) {
        return parameter("query", name, description, schema);
    }

    /** What it gives with 200. */
    public Operation gives(String mediaType, JsonNode schema) {
        responses().withObject("/200").put("description", "What there is now");
        responses()
                .withObject("/200")
                .withObject("content")
                .withObject(mediaType)
                .set("schema", schema);
        return this;
    }

    /** What else it may answer with: 304, 400, 404 or 503. */
    public Operation or(int... statuses) {
        for (int status : statuses) {
            ObjectNode response = responses().putObject(Integer.toString(status));
            response.put("description", PROBLEMS.get(status));
            if (status >= 400) {
                response.putObject("content")
                        .putObject("application/problem+json")
                        .putObject("schema")
                        .put("$ref", OpenApi.PROBLEM);
            }
        }
        return this;
    }

    /** The operation object. */
    public JsonNode node() {
        return node;
    }

    private ObjectNode responses() {
        return (ObjectNode) node.get("responses");
    }

    private Operation parameter(String in, String name, String description, JsonNode schema) {
        ObjectNode parameter = node.withArray("parameters").addObject();
        parameter.put("name", name).put("in", in).put("required", in.equals("path"));
        parameter.put("description", description).set("schema", schema);
        return this;
    }
}
