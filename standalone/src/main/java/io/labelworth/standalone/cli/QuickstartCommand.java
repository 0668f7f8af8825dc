package io.labelworth.standalone.cli;

import io.labelworth.learning.data.Datasets;
import io.labelworth.standalone.quickstart.Counts;
import io.labelworth.standalone.quickstart.Quickstart;
import io.labelworth.standalone.quickstart.Report;
import io.labelworth.standalone.quickstart.Stopwatch;
import io.labelworth.standalone.results.ResultsTable;
import io.labelworth.standalone.stack.Stack;
import io.labelworth.standalone.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code labelworth quickstart}: everything on this machine, from the data to what a label is
 * worth.
 */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description =
                "Start everything here, distill Fashion-MNIST with one expert's labels, show what a label is worth.")
final class QuickstartCommand implements Callable<Integer> {

    @Mixin private DataOption data;

    @Mixin private PortOption port;

    @Option(names = "--report", paramLabel = "FILE.json", description = "write a report")
    private Path report;

    @Option(names = "--no-serve", description = "stop when done instead of serving the dashboard")
    private boolean noServe;

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuseUnwritableReport();
        Clock clock = Clock.systemUTC();
        Stopwatch stopwatch = new Stopwatch(clock);
        Progress progress = Progress.onStandardError();
        try (Stack stack =
                StackHost.start(data.directory(), port.port(), new Datasets(), progress::line)) {
            stopwatch.lap("started");
            progress.line("dashboard: " + stack.dashboardUrl());
            Quickstart.Outcome outcome =
                    new Quickstart(stack, data.directory(), progress, clock, stopwatch).run();
            Counts counts = Counts.read(stack.connection().consumers(), outcome);
            stopwatch.lap("total");
            show(outcome, counts, stopwatch);
            if (report != null) {
                Report.write(Report.of(outcome, counts, stopwatch.seconds()), report);
                progress.line("report: " + report);
            }
            if (!noServe) {
                System.out.println(
                        "\nDashboard: " + stack.dashboardUrl() + "  (Ctrl-C stops everything)");
                stack.awaitClose();
            }
            return outcome.failures().isEmpty() ? LabelworthCli.DONE : LabelworthCli.FAILED;
        }
    }

    private void refuseUnwritableReport() {
        if (report == null) {
            return;
        }
        if (Files.isDirectory(report)) {
            throw new UserException("cannot write " + report + ": it is a directory");
        }
        if (!Files.isWritable(report.toAbsolutePath().getParent())) {
            throw new UserException(
                    "cannot write " + report + ": its directory is missing or not writable");
        }
    }

    private static void show(Quickstart.Outcome outcome, Counts counts, Stopwatch stopwatch) {
        System.out.println();
        System.out.print(ResultsTable.render(outcome.results()));
        System.out.printf(
                Locale.ROOT,
                "%n%,d soft labels (%,d distinct) of %,d images from %d checkpoints; %d runs, %d failed; %.0f s%n",
                counts.softLabels(),
                counts.distinctSoftLabels(),
                counts.imageRefs(),
                outcome.checkpoints().size(),
                counts.runs(),
                counts.failedRuns(),
                stopwatch.seconds().get("total"));
        outcome.failures()
                .forEach((run, reason) -> System.out.println("failed run " + run + ": " + reason));
    }
}
