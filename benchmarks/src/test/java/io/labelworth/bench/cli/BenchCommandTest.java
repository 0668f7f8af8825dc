package io.labelworth.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.standalone.cli.LabelworthCli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

    private final StringWriter err = new StringWriter();

    @Test
    void benchIsACommandWhereTheBenchmarksAreOnTheClassPath() {
        assertThat(LabelworthCli.commandLine().getUsageMessage()).contains("bench");
        assertThat(run("bench")).isEqualTo(LabelworthCli.WRONG_USAGE);
        assertThat(err.toString()).contains("no benchmark given").contains("bench --help");
    }

    @Test
    void anUnknownMeasurementIsWrongUsage() {
        assertThat(run("bench", "labeler", "--only", "pipeline,nothing"))
                .isEqualTo(LabelworthCli.WRONG_USAGE);
        assertThat(err.toString()).contains("two-process").contains("nothing");
        assertThat(run("bench", "analytics", "--only", "nothing"))
                .isEqualTo(LabelworthCli.WRONG_USAGE);
        assertThat(err.toString()).contains("EVENTS").contains("GROWTH");
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeTheWork(@TempDir Path directory) {
        String file = directory.resolve("missing").resolve("figures.json").toString();

        assertThat(run("bench", "labeler", "--json", file)).isEqualTo(LabelworthCli.FAILED);
        assertThat(err.toString()).startsWith("labelworth: cannot write " + file);
    }

    private int run(String... args) {
        CommandLine command = LabelworthCli.commandLine();
        command.setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
