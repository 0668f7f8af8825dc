package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Which line of a file a message is about that was written without knowing of files. */
final class Blame {

    private final LocatedYaml file;
    private final List<JsonNode> places;
    private final JsonNode otherwise;

    /**
     * @param places where to look, the likeliest first
     * @param otherwise what a message is about that names nothing in them
     */
    Blame(LocatedYaml file, List<JsonNode> places, JsonNode otherwise) {
        this.file = file;
        this.places = places;
        this.otherwise = otherwise;
    }

    /** The line of the first word of a message that a place has as a key or as a name. */
    int line(String message) {
        return Stream.of(message.split("[^A-Za-z-]+"))
                .flatMap(word -> places.stream().map(place -> line(word, place)))
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElseGet(() -> file.line(otherwise));
    }

    private OptionalInt line(String word, JsonNode place) {
        if (place.path("name").asText().equals(word)) {
            return OptionalInt.of(file.line(place, "name"));
        }
        if (place.has(word)) {
            return OptionalInt.of(file.line(place, word));
        }
        for (JsonNode below : place) {
            OptionalInt line = line(word, below);
            if (line.isPresent()) {
                return line;
            }
        }
        return OptionalInt.empty();
    }
}
