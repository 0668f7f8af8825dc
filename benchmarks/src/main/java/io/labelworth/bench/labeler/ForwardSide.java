package io.labelworth.bench.labeler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Workspace;
import io.labelworth.standalone.cli.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A bare forward pass in processes of its own. Each warms up, says {@value #READY}, waits for a
 * line, measures, and prints one JSON object with {@value #IMAGES} and {@value #SECONDS}; so
 * several measure at the same time.
 */
final class ForwardSide implements Side {

    static final String READY = "ready";
    static final String IMAGES = "images";
    static final String SECONDS = "seconds";

    private final Workspace workspace;
    private final Supplier<Child> starter;
    private final int processes;

    /**
     * @param starter starts one process
     * @param processes processes side by side
     */
    ForwardSide(Workspace workspace, Supplier<Child> starter, int processes) {
        this.workspace = workspace;
        this.starter = starter;
        this.processes = processes;
    }

    @Override
    public double imagesPerSecond() {
        List<Child> running = new ArrayList<>();
        for (int number = 0; number < processes; number++) {
            running.add(workspace.start(starter));
        }
        for (Child child : running) {
            if (!child.line().equals(READY)) {
                throw new UserException("the forward pass did not say that it is ready");
            }
        }
        running.forEach(child -> child.tell("go"));
        double rate = running.stream().mapToDouble(child -> rate(child.line())).sum();
        running.forEach(workspace::end);
        return rate;
    }

    private static double rate(String line) {
        try {
            JsonNode measured = new JsonMapper().readTree(line);
            return measured.get(IMAGES).asDouble() / measured.get(SECONDS).asDouble();
        } catch (JsonProcessingException e) {
            throw new UserException("the forward pass printed no figures but: " + line);
        }
    }
}
