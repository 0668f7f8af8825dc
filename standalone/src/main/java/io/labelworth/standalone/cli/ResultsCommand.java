package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.standalone.experiment.ExperimentConfigurations;
import io.labelworth.standalone.results.Results;
import io.labelworth.standalone.results.ResultsCsv;
import io.labelworth.standalone.results.ResultsJson;
import io.labelworth.standalone.results.ResultsTable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code labelworth results}: what analytics found out so far. */
@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description = "Show accuracies, the frontier and what a label is worth.")
final class ResultsCommand extends ClusterCommand {

    @Option(
            names = "--experiment",
            paramLabel = "ID",
            description = "only this experiment's configurations")
    private String experiment;

    @ArgGroup private Format format = new Format();

    static final class Format {
        @Option(names = "--json", description = "one JSON document")
        private boolean json;

        @Option(names = "--csv", description = "one line per configuration")
        private boolean csv;
    }

    @Override
    void run(KafkaConnection connection) {
        Results results = Results.read(connection.consumers());
        if (experiment != null) {
            results = results.only(ExperimentConfigurations.of(connection, experiment));
        }
        if (format.json) {
            System.out.println(ResultsJson.of(results).toPrettyString());
        } else {
            System.out.print(
                    format.csv ? ResultsCsv.render(results) : ResultsTable.render(results));
        }
    }
}
