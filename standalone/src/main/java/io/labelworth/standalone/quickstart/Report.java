package io.labelworth.standalone.quickstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.standalone.results.ResultsJson;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The quickstart's report file: what was measured, from the topics themselves. */
public final class Report {

    private Report() {}

    /**
     * The document: {@code dataset}, {@code expert.checkpoints[]}, {@code results[]}, {@code
     * best[]}, {@code labelWorth[]}, {@code frontiers[]}, {@code counts} and {@code timings}
     * (seconds from the start of the command).
     */
    public static ObjectNode of(
            Quickstart.Outcome outcome, Counts counts, Map<String, Double> timings) {
        ObjectNode report = ResultsJson.of(outcome.results());
        DatasetInfo dataset = outcome.dataset().info();
        report.putObject("dataset")
                .put("name", dataset.name())
                .put("version", dataset.version())
                .put("classes", dataset.classes())
                .put("trainImages", outcome.dataset().train().size())
                .put("validationImages", outcome.dataset().validation().size())
                .put("testImages", outcome.dataset().test().size());
        ArrayNode checkpoints = report.putObject("expert").putArray("checkpoints");
        outcome.checkpoints()
                .forEach(checkpoint -> ResultsJson.checkpoint(checkpoints.addObject(), checkpoint));
        report.putObject("counts")
                .put("imageRefs", counts.imageRefs())
                .put("softLabels", counts.softLabels())
                .put("distinctSoftLabels", counts.distinctSoftLabels())
                .put("runs", counts.runs())
                .put("failedRuns", counts.failedRuns());
        ObjectNode seconds = report.putObject("timings");
        timings.forEach(seconds::put);
        return report;
    }

    /** Writes the document whole or not at all. */
    public static void write(ObjectNode report, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path partial = Files.createTempFile(target.getParent(), ".report", ".json");
        try {
            Files.writeString(partial, report.toPrettyString() + "\n");
            move(partial, target);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void move(Path partial, Path target) throws IOException {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
