package io.labelworth.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.standalone.status.LabellingStatus;
import io.labelworth.standalone.status.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code labelworth status}: labelling by checkpoint and runs by state. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show lag by checkpoint and runs by state.")
final class StatusCommand extends ClusterCommand {

    private static final String ROW = "%-40s %10s %8s %8s %8s%n";

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    void run(KafkaConnection connection) throws JsonProcessingException {
        Status status = Status.read(connection.cluster(), connection.consumers());
        if (json) {
            System.out.println(
                    new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(status));
        } else {
            print(status);
        }
    }

    private static void print(Status status) {
        if (status.labellings().isEmpty()) {
            System.out.println("No checkpoints yet: ./labelworth train-expert DATASET makes some.");
        } else {
            System.out.printf(ROW, "checkpoint", "labelled", "failed", "lag", "workers");
        }
        for (LabellingStatus l : status.labellings()) {
            String name = l.checkpointId() + (l.retired() ? " (retired)" : "");
            System.out.printf(ROW, name, l.labelled(), l.failed(), l.lag(), l.workers());
        }
        System.out.println("runs: " + (status.runs().isEmpty() ? "none" : status.runs()));
    }
}
