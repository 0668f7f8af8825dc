package io.labelworth.bench.side;

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
 * A network in processes of its own. Each warms up, says {@value #READY}, waits for a line,
 * measures, and prints one JSON object with {@value #IMAGES} and {@value #SECONDS}; so several
 * measure at the same time.
 */
public final class ProcessSide implements Side {

    public static final String READY = "ready";
    public static final String IMAGES = "images";
    public static final String SECONDS = "seconds";

    private final Workspace workspace;
    private final String name;
    private final Supplier<Child> starter;
    private final int processes;

    /**
     * @param name what messages call it
     * @param starter starts one process
     * @param processes processes side by side
     */
    public ProcessSide(Workspace workspace, String name, Supplier<Child> starter, int processes) {
        this.workspace = workspace;
        this.name = name;
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
                throw new UserException("the " + name + " did not say that it is ready");
            }
        }
        running.forEach(child -> child.tell("go"));
        double rate = running.stream().mapToDouble(child -> rate(child.line())).sum();
        running.forEach(workspace::end);
        return rate;
    }

    private double rate(String line) {
        try {
            JsonNode measured = new JsonMapper().readTree(line);
            return measured.get(IMAGES).asDouble() / measured.get(SECONDS).asDouble();
        } catch (JsonProcessingException e) {
            throw new UserException("the " + name + " printed no figures but: " + line);
        }
    }
}
