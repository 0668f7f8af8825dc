package io.labelworth.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.standalone.status.Status;
import io.labelworth.standalone.status.StatusReader;
import io.labelworth.standalone.status.StatusTable;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code labelworth status}: labelling by checkpoint and runs by state. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show progress and time left by checkpoint, and runs by state.")
final class StatusCommand extends ClusterCommand {

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    void run(KafkaConnection connection) throws JsonProcessingException {
        Status status = StatusReader.read(connection, Instant.now());
        if (json) {
            System.out.println(
                    new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(status));
        } else {
            System.out.print(StatusTable.render(status));
        }
    }
}
