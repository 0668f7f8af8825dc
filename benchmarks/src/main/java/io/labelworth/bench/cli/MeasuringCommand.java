package io.labelworth.bench.cli;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Conditions;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.FindingsJson;
import io.labelworth.bench.report.FindingsTable;
import io.labelworth.bench.report.Target;
import io.labelworth.standalone.cli.LabelworthCli;
import io.labelworth.standalone.cli.UserException;
import io.labelworth.standalone.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A benchmark as a command: measures in a workspace, prints a table, writes the figures. */
abstract class MeasuringCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures to a file")
    private Path json;

    @Option(
            names = "--quick",
            description = "a short run: shows that everything runs; the figures are no use")
    private boolean quick;

    /** Measures. */
    abstract Findings measure(Workspace workspace, Progress progress) throws InterruptedException;

    /** What the figures should be. */
    abstract List<Target> targets();

    /** Repetitions of each side. */
    abstract int repetitions();

    /** Images of a pass of the network. */
    abstract int batch();

    /** Whether a short run is asked for. */
    final boolean quick() {
        return quick;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        refuseUnwritableReport();
        Conditions conditions = Conditions.now(commandLine(), quick, repetitions(), batch());
        try (Workspace workspace = Workspace.create("labelworth-bench-")) {
            Findings findings =
                    workspace.undisturbed(() -> measure(workspace, Progress.onStandardError()));
            System.out.print(FindingsTable.render(findings, conditions, targets()));
            if (json != null) {
                FindingsJson.write(FindingsJson.of(findings, conditions, targets()), json);
            }
        }
        return LabelworthCli.DONE;
    }

    private String commandLine() {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        return "./labelworth " + String.join(" ", given);
    }

    private void refuseUnwritableReport() {
        if (json != null
                && (Files.isDirectory(json)
                        || !Files.isWritable(json.toAbsolutePath().getParent()))) {
            throw new UserException(
                    "cannot write " + json + ": it is a directory, or in none that is writable");
        }
    }
}
