package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.labelworth.kafka.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads experiment files strictly: an unknown key is refused with its place and the names that
 * exist.
 */
public final class ExperimentFiles {

    private static final String QUICKSTART = "/experiments/quickstart.yaml";

    private static final YAMLMapper MAPPER = new YAMLMapper();

    private ExperimentFiles() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException when it is missing or not an experiment; names file, line and
     *     column
     */
    public static ExperimentFile read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("there is no file " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The quickstart's own experiment. */
    public static ExperimentFile quickstart() {
        try (InputStream in = ExperimentFiles.class.getResourceAsStream(QUICKSTART)) {
            return parse(
                    new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8),
                    "quickstart.yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ExperimentFile parse(String yaml, String name) {
        try {
            ExperimentFile file = MAPPER.readValue(yaml, ExperimentFile.class);
            if (file == null) {
                throw new ConfigurationException(name + " is empty");
            }
            file.requireComplete();
            return file;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(name + ": " + e.getMessage(), e);
        } catch (UnrecognizedPropertyException e) {
            // Jackson notices at the end of the object, so its place would mislead.
            throw new ConfigurationException(
                    name
                            + ": unknown key "
                            + e.getPropertyName()
                            + "; known are "
                            + e.getKnownPropertyIds(),
                    e);
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(place(name, e) + ": " + e.getOriginalMessage(), e);
        }
    }

    private static String place(String name, JsonProcessingException e) {
        return e.getLocation() == null
                ? name
                : name + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
    }
}
