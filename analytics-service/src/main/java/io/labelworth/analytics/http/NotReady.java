package io.labelworth.analytics.http;

import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;

/** 503, and when to ask again. */
final class NotReady {

    private static final String SECONDS = "1";

    private NotReady() {}

    /** What to throw. */
    static ServiceUnavailableResponse because(Context context, String reason) {
        context.header("Retry-After", SECONDS);
        return new ServiceUnavailableResponse(reason + "; ask again in a second");
    }
}
