package io.labelworth.analytics.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.labelworth.analytics.rest.Etag;
import io.labelworth.analytics.rules.Family;
import io.labelworth.analytics.rules.Summaries;
import io.labelworth.analytics.topology.RunStore;
import io.labelworth.analytics.view.AvroJson;
import io.labelworth.analytics.view.Families;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * A configuration and the runs counted in it, from the state store of the instance that has it. Any
 * instance may be asked: one that does not have it asks the one that does, once. What was forwarded
 * is never forwarded again, so that two instances that disagree about the owner do not ask each
 * other for ever.
 */
final class Configurations {

    /** Path, its parameter the configuration's id. */
    static final String PATH = "/api/configurations/{id}";

    /** Header of a question that comes from another instance. */
    static final String FORWARDED = "Labelworth-Forwarded";

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final RunStore store;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_PATIENCE).build();

    Configurations(RunStore store) {
        this.store = store;
    }

    void answer(Context context) {
        String id = context.pathParam("id");
        HostInfo owner =
                store.owner(id)
                        .orElseThrow(
                                () ->
                                        NotReady.because(
                                                context,
                                                "the instances are sharing out their work"));
        if (store.isHere(owner)) {
            local(context, id);
        } else if (context.header(FORWARDED) != null) {
            throw NotReady.because(context, "configuration " + id + " is moving");
        } else {
            forward(context, owner, id);
        }
    }

    private void local(Context context, String id) {
        Optional<List<Accuracy>> runs;
        try {
            runs = store.runs(id);
        } catch (InvalidStateStoreException e) {
            throw NotReady.because(context, "the state of configuration " + id + " is on its way");
        }
        Etag.json(
                context,
                json(runs.orElseThrow(
                                () ->
                                        new NotFoundResponse(
                                                "no run of a configuration "
                                                        + id
                                                        + " has finished")))
                        .toString());
    }

    private void forward(Context context, HostInfo owner, String id) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(owner, id)).timeout(PATIENCE).header(FORWARDED, "1");
        String tag = context.header("If-None-Match");
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            for (String name : List.of("Content-Type", "ETag", "Cache-Control", "Retry-After")) {
                response.headers().firstValue(name).ifPresent(v -> context.header(name, v));
            }
            context.status(response.statusCode()).result(response.body());
        } catch (IOException e) {
            throw NotReady.because(context, "the instance that has " + id + " does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotReady.because(context, "this instance is stopping");
        }
    }

    private static URI uri(HostInfo owner, String id) {
        return URI.create(
                "http://"
                        + owner.host()
                        + ":"
                        + owner.port()
                        + PATH.replace(
                                "{id}",
                                URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20")));
    }

    private static ObjectNode json(List<Accuracy> runs) {
        AccuracySummary summary = Summaries.of(runs);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("summary", AvroJson.of(summary).put(Families.FIELD, Family.of(summary).key()));
        runs.forEach(run -> body.withArray("runs").add(AvroJson.of(run)));
        return body;
    }
}
