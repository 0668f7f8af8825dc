package io.labelworth.analytics.http;

import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseHandler;
import io.labelworth.analytics.rest.Answer;
import io.labelworth.analytics.rest.Endpoint;
import io.labelworth.analytics.rest.JsonSchema;
import io.labelworth.analytics.rest.Operation;

/** {@code GET /api/events}: everything that changes, as server-sent events. */
final class LiveEvents {

    /** Where they are. */
    static final String PATH = "/api/events";

    private static final String MEDIA_TYPE = "text/event-stream";
    private static final String SUMMARY =
            "Server-sent events: accuracy-summary, pareto-frontier, scaling-laws and label-worth"
                    + " with {key, value}, activity, curve, and ready once the backlog is through."
                    + " Last-Event-ID resumes: only what changed since is sent again";

    private LiveEvents() {}

    static Endpoint endpoint(EventSessions sessions) {
        Handler stream = new SseHandler(sessions::open);
        return new Answer(
                PATH,
                Operation.of(SUMMARY).gives(MEDIA_TYPE, JsonSchema.type("string")).or(503).node(),
                context -> {
                    String accepted = context.header("Accept");
                    if (accepted == null || !accepted.contains(MEDIA_TYPE)) {
                        throw new HttpResponseException(
                                HttpStatus.NOT_ACCEPTABLE.getCode(),
                                "ask with Accept: " + MEDIA_TYPE);
                    }
                    if (sessions.size() >= EventSessions.MOST) {
                        throw NotReady.because(
                                context, "as many browsers follow as this instance can tell");
                    }
                    stream.handle(context);
                });
    }
}
