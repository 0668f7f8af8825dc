package io.labelworth.standalone.cli;

import io.labelworth.learning.data.Datasets;
import io.labelworth.standalone.stack.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code labelworth up}: embedded broker, registry, services and dashboard, until stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Run broker, registry, services and dashboard here until stopped.")
final class UpCommand implements Callable<Integer> {

    @Mixin private DataOption data;

    @Mixin private PortOption port;

    @Override
    public Integer call() throws InterruptedException {
        try (Stack stack =
                StackHost.start(
                        data.directory(), port.port(), new Datasets(), System.err::println)) {
            System.out.println(
                    "brokers          " + stack.connection().settings().bootstrapServers());
            System.out.println(
                    "schema registry  " + stack.connection().settings().schemaRegistryUrl());
            System.out.println("dashboard        " + stack.dashboardUrl());
            System.out.println("Ctrl-C stops everything.");
            stack.awaitClose();
            return LabelworthCli.DONE;
        }
    }
}
