package io.labelworth.standalone.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A cluster in a JVM of its own, as the command line runs it, for tests that kill it. */
final class ClusterProcess implements AutoCloseable {

    private final Path dataDir;
    private final Process process;
    private final Path output;

    private ClusterProcess(Path dataDir, Process process, Path output) {
        this.dataDir = dataDir;
        this.process = process;
        this.output = output;
    }

    /** Runs a cluster until the process is told to stop. */
    public static void main(String[] args) {
        try {
            EmbeddedCluster cluster = EmbeddedCluster.start(Path.of(args[0]), line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            cluster.termination().join();
        } catch (EmbeddedClusterException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static ClusterProcess launch(Path dataDir) throws IOException {
        Path output = Files.createTempFile(dataDir.getParent(), "parent", ".log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ClusterProcess.class.getName(),
                                dataDir.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new ClusterProcess(dataDir, process, output);
    }

    /** Launches one and waits until it is up. */
    static ClusterProcess start(Path dataDir) throws IOException {
        ClusterProcess cluster = launch(dataDir);
        await().atMost(Duration.ofSeconds(60))
                .failFast("the cluster ended", () -> !cluster.process.isAlive())
                .until(() -> RuntimeFile.read(dataDir).map(RuntimeInfo::pid), cluster::isMine);
        return cluster;
    }

    private boolean isMine(Optional<Long> pid) {
        return pid.isPresent() && pid.get() == process.pid();
    }

    RuntimeInfo runtime() {
        return RuntimeFile.read(dataDir).orElseThrow();
    }

    /** Broker and registry. */
    List<ProcessHandle> children() {
        return process.toHandle().children().toList();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL to the parent alone. */
    void killParent() {
        process.destroyForcibly();
    }

    /** SIGKILL to all three at once. */
    void killAll() {
        List<ProcessHandle> children = children();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> !process.isAlive());
        await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the cluster still runs after " + limit);
        }
        return process.exitValue();
    }

    /** What it printed. */
    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            killAll();
        }
    }
}
