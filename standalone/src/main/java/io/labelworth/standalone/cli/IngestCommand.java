package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.Datasets;
import io.labelworth.standalone.ingest.Ingestion;
import io.labelworth.standalone.terminal.Progress;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code labelworth ingest}: fetches a dataset and writes references of its candidate pool. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "Fetch a dataset and write references of its candidate images; again adds nothing.")
final class IngestCommand extends ClusterCommand {

    @Parameters(paramLabel = "DATASET", description = "dataset name, for example fashion-mnist")
    private String name;

    @Option(
            names = "--source",
            paramLabel = "PATH",
            description = "directory that holds the dataset's files (default: fetch them)")
    private Path source;

    @Option(
            names = "--pool",
            paramLabel = "N",
            defaultValue = "200",
            description = "candidate images per class (default: ${DEFAULT-VALUE})")
    private int pool;

    @Override
    void run(KafkaConnection connection) {
        Progress progress = Progress.onStandardError();
        Path images = paths().images();
        Dataset dataset =
                new Datasets().fetch(name, images, Optional.ofNullable(source), progress::line);
        Ingestion ingestion = new Ingestion(connection.settings(), connection.registry());
        long total = (long) pool * dataset.info().classes();
        try (Progress.Stage stage = progress.stage("references", total)) {
            Ingestion.Outcome outcome = ingestion.ingest(dataset, pool, done -> stage.at(done, ""));
            stage.at(total, "");
            System.out.printf(
                    "%s: %d references added, %d there before%n",
                    name, outcome.added(), outcome.present());
        }
    }
}
