package io.labelworth.bench.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.bench.labeler.LabelerBench;
import io.labelworth.bench.labeler.Measurement;
import io.labelworth.bench.labeler.Sizes;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Conditions;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.FindingsJson;
import io.labelworth.bench.report.FindingsTable;
import io.labelworth.standalone.cli.LabelworthCli;
import io.labelworth.standalone.cli.UserException;
import io.labelworth.standalone.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code labelworth bench labeler}: labels per second, and over what the network alone gives. */
@Command(
        name = "labeler",
        mixinStandardHelpOptions = true,
        description = "Measure the labeler against the bare network, PyTorch, and itself.")
final class LabelerBenchCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures to a file")
    private Path json;

    @Option(
            names = "--only",
            paramLabel = "MEASUREMENT",
            split = ",",
            description = "only some of ${COMPLETION-CANDIDATES}")
    private List<Measurement> only;

    @Option(
            names = "--quick",
            description = "few images: shows that everything runs; the figures are no use")
    private boolean quick;

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuseUnwritableReport();
        Sizes sizes = quick ? Sizes.QUICK : Sizes.FULL;
        Set<Measurement> measurements =
                only == null ? EnumSet.allOf(Measurement.class) : EnumSet.copyOf(only);
        Conditions conditions =
                Conditions.now(commandLine(), quick, sizes.repetitions(), sizes.batch());
        try (Workspace workspace = Workspace.create("labelworth-bench-")) {
            Findings findings =
                    workspace.undisturbed(
                            () ->
                                    new LabelerBench(workspace, sizes, Progress.onStandardError())
                                            .run(measurements));
            System.out.print(FindingsTable.render(findings, conditions, LabelerBench.TARGETS));
            if (json != null) {
                ObjectNode document = FindingsJson.of(findings, conditions, LabelerBench.TARGETS);
                FindingsJson.write(document, json);
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
