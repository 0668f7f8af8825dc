package io.labelworth.bench.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Jvm;
import io.labelworth.bench.process.Workspace;
import io.labelworth.standalone.cli.UserException;
import java.util.List;
import java.util.Map;

/** Runs a main class once, in a JVM of its own, for the one JSON object that it prints. */
final class Once {

    private Once() {}

    /**
     * @param name what messages call it
     * @param options of the JVM, beside this one's
     */
    static JsonNode run(
            Workspace workspace,
            String name,
            Class<?> main,
            List<String> options,
            List<String> arguments) {
        Child child =
                workspace.start(
                        () ->
                                Child.start(
                                        name,
                                        Jvm.running(main, options, arguments),
                                        Map.of(),
                                        workspace.directory().resolve(name + ".log")));
        String line = child.line();
        workspace.end(child);
        try {
            return new JsonMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new UserException("the " + name + " printed no figures but: " + line);
        }
    }
}
