package io.labelworth.bench.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Findings as one JSON document. */
public final class FindingsJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private FindingsJson() {}

    /**
     * The document. Every figure is an object with {@code median}, {@code min}, {@code max} and
     * {@code values}, at the path that its key names; the raw ones are below {@code raw}. {@code
     * targets}, {@code skipped} and {@code notes} go by the same keys.
     */
    public static ObjectNode of(Findings findings, Conditions conditions, List<Target> targets) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("command", conditions.command());
        document.put("quick", conditions.quick());
        findings.figures().forEach((key, figure) -> put(document, key, figure));
        ObjectNode raw = document.putObject("raw");
        findings.raw().forEach((key, figure) -> put(raw, key, figure));
        ObjectNode wanted = document.putObject("targets");
        for (Target target : targets) {
            ObjectNode node = wanted.putObject(target.key());
            node.put(target.atLeast() ? "atLeast" : "atMost", target.bound());
            Figure figure = findings.figures().get(target.key());
            if (figure != null) {
                node.put("met", target.met(figure));
            }
        }
        document.set("skipped", MAPPER.valueToTree(findings.skipped()));
        document.set("notes", MAPPER.valueToTree(findings.notes()));
        ObjectNode under = document.putObject("conditions");
        under.put("repetitions", conditions.repetitions())
                .put("batch", conditions.batch())
                .put("cores", conditions.cores())
                .put("loadBefore", conditions.loadBefore());
        ObjectNode versions = under.putObject("versions");
        conditions.versions().forEach(versions::put);
        findings.versions().forEach(versions::put);
        under.set("environment", MAPPER.valueToTree(conditions.environment()));
        return document;
    }

    /** Writes the document whole or not at all. */
    public static void write(ObjectNode document, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path partial = Files.createTempFile(target.getParent(), ".bench", ".json");
        try {
            Files.writeString(partial, document.toPrettyString() + "\n");
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void put(ObjectNode document, String key, Figure figure) {
        ObjectNode node = document;
        for (String step : key.split("\\.")) {
            node = node.withObjectProperty(step);
        }
        node.put("median", figure.median()).put("min", figure.min()).put("max", figure.max());
        ArrayNode values = node.putArray("values");
        figure.values().forEach(values::add);
    }
}
