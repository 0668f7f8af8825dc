package io.labelworth.analytics.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The OpenAPI 3.1 document of all endpoints, made of what each says of itself. */
public final class OpenApi {

    /** Where the document has the schema of a problem. */
    static final String PROBLEM = "#/components/schemas/Problem";

    /** Of the API, not of the program: a client that worked with 1.x works with the next 1.x. */
    private static final String VERSION = "1.0";

    private OpenApi() {}

    /** The document. */
    public static JsonNode document(List<? extends Endpoint> endpoints) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Labelworth analytics")
                .put("version", VERSION)
                .put(
                        "description",
                        "What the stream of accuracies says: summaries, frontiers, scaling laws and"
                                + " label worth; the runs behind them; and all of it live.");
        ObjectNode paths = document.putObject("paths");
        endpoints.forEach(
                endpoint -> paths.putObject(endpoint.path()).set("get", endpoint.operation()));
        document.putObject("components").putObject("schemas").set("Problem", problem());
        return document;
    }

    private static ObjectNode problem() {
        ObjectNode schema = JsonSchema.type("object");
        schema.put("description", "An error, as RFC 9457 describes it");
        ObjectNode properties = schema.putObject("properties");
        properties.set("title", JsonSchema.type("string"));
        properties.set("status", JsonSchema.type("integer"));
        properties.set("detail", JsonSchema.type("string"));
        return schema;
    }
}
