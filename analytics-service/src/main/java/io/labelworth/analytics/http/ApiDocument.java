package io.labelworth.analytics.http;

import io.labelworth.analytics.rest.Answer;
import io.labelworth.analytics.rest.Endpoint;
import io.labelworth.analytics.rest.Etag;
import io.labelworth.analytics.rest.JsonSchema;
import io.labelworth.analytics.rest.OpenApi;
import io.labelworth.analytics.rest.Operation;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /openapi.json}: the document of every endpoint, itself among them. */
final class ApiDocument {

    private static final String TEXT = "text/plain";

    private ApiDocument() {}

    static Endpoint endpoint(List<Endpoint> endpoints) {
        List<Endpoint> all = new ArrayList<>(endpoints);
        Answer itself =
                new Answer(
                        "/openapi.json",
                        Operation.of("This document")
                                .gives(Operation.JSON, JsonSchema.type("object"))
                                .or(304)
                                .node(),
                        null);
        all.add(itself);
        all.add(ofEveryService("/health", "Whether every part of the service works"));
        all.add(ofEveryService("/metrics", "What the service measures, in Prometheus's format"));
        String document = OpenApi.document(all).toPrettyString();
        return new Answer(
                itself.path(), itself.operation(), context -> Etag.json(context, document));
    }

    /** Answered by what all services have in common. */
    private static Endpoint ofEveryService(String path, String summary) {
        return new Answer(
                path,
                Operation.of(summary).gives(TEXT, JsonSchema.type("string")).or(503).node(),
                null);
    }
}
