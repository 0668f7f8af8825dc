package io.labelworth.it.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last stage of a Dockerfile: what the image is.
 *
 * @param instructions keyword and arguments, continued lines joined, comments left out
 */
record Dockerfile(List<Instruction> instructions) {

    /** One instruction, such as {@code EXPOSE 8080}. */
    record Instruction(String keyword, String arguments) {}

    /** Dockerfile of a service. */
    static Dockerfile of(String service) {
        List<Instruction> stage = new ArrayList<>();
        String text = Project.read(path(service)).replaceAll("(?m)^\\s*#.*\n", "");
        for (String line : text.replaceAll("\\\\\n", " ").lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.strip().split("\\s+", 2);
            if (parts[0].equals("FROM")) {
                stage.clear();
            }
            stage.add(new Instruction(parts[0], parts[1].strip()));
        }
        return new Dockerfile(List.copyOf(stage));
    }

    /** Where a service's Dockerfile is, from the repository's root. */
    static String path(String service) {
        return service + "-service/Dockerfile";
    }

    /** Name under which a service's image is built. */
    static String imageOf(String service) {
        return "labelworth/" + service + ":" + Project.version();
    }

    /** All variables that the image sets. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (String arguments : all("ENV")) {
            for (String pair : arguments.split("\\s+")) {
                environment.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
            }
        }
        return environment;
    }

    /** Arguments of each instruction of a keyword. */
    List<String> all(String keyword) {
        return instructions.stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .map(Instruction::arguments)
                .toList();
    }

    /** Arguments of the only instruction of a keyword. */
    String only(String keyword) {
        List<String> found = all(keyword);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " " + keyword + " instructions instead of one");
        }
        return found.get(0);
    }

    /** Arguments of the only instruction of a keyword, in exec form. */
    List<String> exec(String keyword) {
        String arguments = only(keyword);
        String array = arguments.substring(arguments.indexOf('['));
        try {
            return new ObjectMapper().readValue(array, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError(keyword + " is not in exec form: " + arguments, e);
        }
    }

    /** Port that the service listens on. */
    int port() {
        return Integer.parseInt(only("EXPOSE"));
    }
}
