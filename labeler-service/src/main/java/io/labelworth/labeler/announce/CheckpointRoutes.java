package io.labelworth.labeler.announce;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.labelworth.learning.network.Precision;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /checkpoints}: announces a file that lies below the checkpoint root. The body is a
 * JSON object; {@code dataset}, {@code run}, {@code step}, {@code uri}, {@code sha256}, {@code
 * format} and {@code architecture} must be there, {@code epoch}, {@code imagesSeen}, {@code
 * preprocessing}, {@code precision} and {@code codec} may.
 *
 * <p>Answers 201 with the announcement, 200 when the very same was announced before, and an {@link
 * io.labelworth.kafka.HttpProblem} otherwise, whose detail begins with the kind of the refusal: 400
 * for a request that makes no sense, 409 for a name that another checkpoint has, 503 when memory is
 * short, 422 for any other reason.
 */
public final class CheckpointRoutes {

    private static final Set<String> FIELDS =
            Set.of(
                    "dataset",
                    "run",
                    "step",
                    "epoch",
                    "imagesSeen",
                    "uri",
                    "sha256",
                    "format",
                    "architecture",
                    "preprocessing",
                    "precision",
                    "codec");

    private static final Map<String, HttpStatus> STATUS =
            Map.of(
                    RefusedException.BAD_REQUEST, HttpStatus.BAD_REQUEST,
                    RefusedException.TAKEN, HttpStatus.CONFLICT,
                    RefusedException.OUT_OF_MEMORY, HttpStatus.SERVICE_UNAVAILABLE);

    private final CheckpointAnnouncer announcer;

    private CheckpointRoutes(CheckpointAnnouncer announcer) {
        this.announcer = announcer;
    }

    /** Adds the route to an endpoint. */
    public static void add(RoutesConfig routes, CheckpointAnnouncer announcer) {
        routes.post("/checkpoints", new CheckpointRoutes(announcer)::post);
    }

    private void post(Context context) {
        try {
            CheckpointJson json = CheckpointJson.of(context.body());
            json.requireOnly(FIELDS);
            Announced announced =
                    announcer.announce(json.required("uri", json.text("uri")), request(json));
            context.status(announced.trial().isPresent() ? HttpStatus.CREATED : HttpStatus.OK)
                    .contentType("application/json")
                    .result(AnnouncedJson.of(announced));
        } catch (RefusedException e) {
            HttpStatus status = STATUS.getOrDefault(e.kind(), HttpStatus.UNPROCESSABLE_CONTENT);
            throw new HttpResponseException(
                    status.getCode(), e.kind() + ": " + e.getMessage(), Map.of());
        }
    }

    private static CheckpointRequest request(CheckpointJson json) throws RefusedException {
        return new CheckpointRequest(
                json.required("dataset", json.text("dataset")),
                json.required("run", json.text("run")),
                json.required("step", json.whole("step")),
                json.number("epoch").orElse(0.0),
                json.whole("imagesSeen").orElse(0L),
                json.required("format", json.format()),
                json.required("architecture", json.architecture()),
                json.preprocessing(),
                json.precision().orElse(Precision.FP32),
                json.codec(),
                json.text("sha256"));
    }
}
