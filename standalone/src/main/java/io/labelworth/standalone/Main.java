package io.labelworth.standalone;

import io.labelworth.standalone.embedded.EmbeddedCluster;
import io.labelworth.standalone.embedded.EmbeddedClusterException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/** Runs the embedded cluster on a directory until it is stopped: {@code embedded --data DIR}. */
public final class Main {

    private Main() {}

    /** Entry point of the launcher. */
    public static void main(String[] args) {
        if (args.length != 3 || !args[0].equals("embedded") || !args[1].equals("--data")) {
            System.err.println("usage: labelworth embedded --data DIR");
            System.exit(2);
        }
        try {
            EmbeddedCluster cluster = EmbeddedCluster.start(Path.of(args[2]), System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "cluster-shutdown"));
            System.out.println(cluster.bootstrapServers() + " " + cluster.schemaRegistryUrl());
            cluster.termination().join();
        } catch (EmbeddedClusterException | CompletionException e) {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            System.err.println("labelworth: " + cause.getMessage());
            System.exit(1);
        }
    }
}
