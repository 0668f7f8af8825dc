package io.labelworth.learning.agreement;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the study found so far: as text for a person, and as JSON. */
record AgreementReport(StudySettings settings, List<Comparison> comparisons, List<Gain> gains) {

    /** Writes report.txt and report.json to the study's directory. */
    void write() {
        Path directory = settings.directory();
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("report.txt"), text());
            new JsonMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(
                            directory.resolve("report.json").toFile(),
                            Map.of(
                                    "seeds",
                                    settings.seeds(),
                                    "width",
                                    settings.width(),
                                    "epochs",
                                    settings.epochs(),
                                    "comparisons",
                                    comparisons,
                                    "gains",
                                    gains));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Test accuracy in percent, +- the 95% interval. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        "Students of width %d, %d epochs, %d seeds, each with images of its own;"
                                + " test accuracy in %%, +- 95%% interval%n",
                        settings.width(), settings.epochs(), settings.seeds()));
        comparisons.forEach(comparison -> text.append(comparison).append(System.lineSeparator()));
        text.append("What is left of soft labels' gain (paired by seed; nothing is asserted)\n");
        gains.forEach(gain -> text.append(gain).append(System.lineSeparator()));
        return text.toString();
    }
}
