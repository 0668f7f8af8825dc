package io.labelworth.analytics.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Handler;

/**
 * An endpoint that is no table.
 *
 * @param path path, parameters in braces
 * @param operation what it says in the OpenAPI document; {@link Operation} builds one
 * @param handler answers
 */
public record Answer(String path, JsonNode operation, Handler handler) implements Endpoint {}
