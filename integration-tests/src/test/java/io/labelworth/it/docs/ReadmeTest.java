package io.labelworth.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.standalone.cli.LabelworthCli;
import io.labelworth.standalone.experiment.ExperimentFile.BudgetLine;
import io.labelworth.standalone.experiment.ExperimentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VARIABLE = Pattern.compile("LABELWORTH_[A-Z_]*[A-Z]");
    private static final Pattern LITERAL = Pattern.compile("\"(LABELWORTH_[A-Z_]*[A-Z])\"");
    private static final Pattern COMMAND =
            Pattern.compile("^\\./labelworth ([a-z|-]+)", Pattern.MULTILINE);

    @Test
    void theTopicTableIsTheTopicsOfTheCode() throws IOException {
        List<String> rows =
                readme().lines()
                        .filter(line -> line.matches("\\| `[a-z-]+` \\| \\d+ \\|.*"))
                        .map(line -> line.substring(0, line.lastIndexOf(" | ")))
                        .toList();

        assertThat(rows).containsExactlyElementsOf(Topics.all().stream().map(this::row).toList());
    }

    @Test
    void everySettingThatTheCodeReadsIsInTheTable() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path source : sources()) {
            Matcher literal = LITERAL.matcher(Files.readString(source));
            while (literal.find()) {
                read.add(literal.group(1));
            }
        }
        Set<String> documented = new TreeSet<>();
        Matcher variable = VARIABLE.matcher(readme());
        while (variable.find()) {
            documented.add(variable.group());
        }

        assertThat(read).isNotEmpty();
        assertThat(documented).containsAll(read);
    }

    @Test
    void everyCommandIsDescribedAndEveryCommandDescribedExists() throws IOException {
        Set<String> described = new TreeSet<>();
        Matcher command = COMMAND.matcher(readme());
        while (command.find()) {
            described.addAll(List.of(command.group(1).split("\\|")));
        }
        Set<String> existing = new TreeSet<>(LabelworthCli.commandLine().getSubcommands().keySet());
        existing.remove("help");

        assertThat(described).isEqualTo(existing);
    }

    @Test
    void nothingIsLeftToFillIn() throws IOException {
        assertThat(readme()).doesNotContainPattern("@[A-Z0-9]+@");
    }

    @Test
    void theStepsOfEachBudgetAreThoseOfTheExperiment() throws IOException {
        String readme = readme();
        for (BudgetLine budget : ExperimentFiles.quickstart().budgets()) {
            assertThat(readme)
                    .containsPattern(
                            "(?m)^\\| "
                                    + budget.imagesPerClass()
                                    + " \\| "
                                    + budget.steps()
                                    + " \\|");
        }
    }

    private String row(Topic<?> topic) {
        String retention =
                topic.retention() == Topic.Retention.COMPACT ? "compact" : "keep forever";
        return "| `"
                + topic.name()
                + "` | "
                + topic.partitions()
                + " | "
                + retention
                + " | "
                + topic.key();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static Set<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .collect(Collectors.toSet());
        }
    }
}
