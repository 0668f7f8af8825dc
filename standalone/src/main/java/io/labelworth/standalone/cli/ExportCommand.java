package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.data.Datasets;
import io.labelworth.standalone.takehome.Export;
import io.labelworth.standalone.takehome.SetFormat;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code labelworth export}: a distilled set as files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write the best set of a budget (by validation accuracy), or a given run's, to a"
                        + " folder: images, labels, and a card.")
final class ExportCommand extends ClusterCommand {

    @Option(names = "--dataset", required = true, paramLabel = "D", description = "dataset")
    private String dataset;

    @Option(names = "--ipc", required = true, paramLabel = "N", description = "images per class")
    private int imagesPerClass;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "this run's set (its id or the id's beginning)")
    private String runId;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "one of: ${COMPLETION-CANDIDATES}")
    private SetFormat format;

    @Parameters(paramLabel = "DIR", description = "folder to write; must be new or empty")
    private Path folder;

    @Override
    void run(KafkaConnection connection) throws IOException, InterruptedException {
        System.out.println(
                new Export(connection, new Datasets(), paths().images())
                        .write(new Export.Request(dataset, imagesPerClass, runId, format, folder)));
    }
}
