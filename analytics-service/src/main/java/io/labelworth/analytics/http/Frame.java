package io.labelworth.analytics.http;

import io.labelworth.analytics.rest.Json;
import io.labelworth.analytics.view.Change;
import io.labelworth.analytics.view.Changes;
import io.labelworth.analytics.view.RunningPoint;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Server-sent events as bytes: built once, sent to every browser. An id is on the last of several
 * changes only, so that who loses the connection among them gets all of them again.
 */
final class Frame {

    private final StringBuilder text = new StringBuilder();

    /** Changes of the output topics, with the position to resume after. */
    Frame changes(Changes changes) {
        int left = changes.events().size();
        for (Change change : changes.events()) {
            left--;
            event(change.topic(), change.text(), left == 0 ? changes.position() : null);
        }
        return this;
    }

    /** Points of learning curves. */
    Frame points(List<RunningPoint> points) {
        points.forEach(point -> event("curve", Json.text(point), null));
        return this;
    }

    /** What labelers and trainers are at. */
    Frame activity(String json) {
        return event("activity", json, null);
    }

    /** The backlog is through. */
    Frame ready(String position) {
        return event("ready", "{}", position);
    }

    /** The bytes; empty for no event. */
    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Frame event(String name, String data, String id) {
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        text.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
        return this;
    }
}
