package io.labelworth.it.trainer;

import io.labelworth.trainer.TrainerMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A trainer in a JVM of its own, for tests that kill it. */
final class TrainerProcess implements AutoCloseable {

    private final Process process;

    private TrainerProcess(Process process) {
        this.process = process;
    }

    /** Runs a trainer that knows the tiny dataset. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        Path root = Path.of(environment.get("LABELWORTH_DATA_ROOT"));
        System.exit(TrainerMain.run(environment, TinyDataset.datasets(root)));
    }

    static TrainerProcess start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TrainerProcess.class.getName())
                        .inheritIO();
        builder.environment().putAll(environment);
        return new TrainerProcess(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGSTOP: it does nothing until it is woken. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** SIGKILL: no clean-up of any kind. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
