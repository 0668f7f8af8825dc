package io.labelworth.analytics.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Handler;

/** Something that answers GET on one path, and says what in {@code /openapi.json}. */
public interface Endpoint {

    /** Path, parameters in braces: {@code /api/runs/{id}}. */
    String path();

    /** The OpenAPI 3.1 operation object of its GET. */
    JsonNode operation();

    /**
     * Answers; throws Javalin's {@code HttpResponseException}s for problems, whose message is the
     * detail.
     */
    Handler handler();
}
