package io.labelworth.analytics.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.labelworth.analytics.rest.Answer;
import io.labelworth.analytics.rest.Etag;
import io.labelworth.analytics.rest.Json;
import io.labelworth.analytics.rest.JsonSchema;
import io.labelworth.analytics.rest.Operation;
import io.labelworth.analytics.view.AvroJson;
import io.labelworth.analytics.view.CurvePoint;
import io.labelworth.analytics.view.EventReader;
import io.labelworth.analytics.view.RunEntry;
import io.labelworth.analytics.view.RunRow;
import io.labelworth.analytics.view.Runs;
import io.labelworth.analytics.view.TopicOffset;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.TrainingRun;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One run: its row, its curve, and its spec and result, which are read from their topics when asked
 * for.
 */
final class RunDetail {

    private static final String PATH = "/api/runs/{id}";

    private final Runs runs;
    private final EventReader reader;

    RunDetail(Runs runs, EventReader reader) {
        this.runs = runs;
        this.reader = reader;
    }

    Answer endpoint() {
        ObjectNode schema = JsonSchema.of(RunRow.class);
        ObjectNode properties = schema.withObject("/properties");
        properties.set("spec", JsonSchema.type("object"));
        properties.set("curve", JsonSchema.list(JsonSchema.of(CurvePoint.class)));
        properties.set("result", JsonSchema.of(Accuracy.getClassSchema()));
        for (String text : new String[] {"setId", "labelDigest", "deviceFingerprint"}) {
            properties.set(text, JsonSchema.type("string"));
        }
        properties.set("repeatable", JsonSchema.type("boolean"));
        return new Answer(
                PATH,
                Operation.of("A run with its spec, learning curve and final result")
                        .path("id", "id of a row of /api/runs")
                        .gives(Operation.JSON, schema)
                        .or(304, 404, 503)
                        .node(),
                this::answer);
    }

    private void answer(Context context) {
        String id = context.pathParam("id");
        RunEntry entry = runs.all().get(id);
        if (entry == null) {
            throw new NotFoundResponse("no run " + id);
        }
        ObjectNode body = (ObjectNode) Json.tree(entry.row());
        body.set(
                "spec",
                read(context, entry.planned(), TrainingRun.class)
                        .map(Runs::specOf)
                        .orElse(body.nullNode()));
        body.set("curve", Json.tree(entry.curve()));
        JsonNode result =
                read(context, entry.result(), Accuracy.class)
                        .<JsonNode>map(AvroJson::of)
                        .orElse(body.nullNode());
        body.set("result", result);
        for (String field :
                new String[] {"setId", "labelDigest", "deviceFingerprint", "repeatable"}) {
            body.set(field, result.has(field) ? result.get(field) : body.nullNode());
        }
        Etag.json(context, body.toString());
    }

    private <V extends SpecificRecord> Optional<V> read(
            Context context, Optional<TopicOffset> where, Class<V> type) {
        return where.map(
                at ->
                        reader.at(at)
                                .filter(type::isInstance)
                                .map(type::cast)
                                .orElseThrow(
                                        () ->
                                                NotReady.because(
                                                        context,
                                                        "the cluster does not give what it has of"
                                                                + " the run")));
    }
}
