package io.labelworth.bench.process;

import io.labelworth.standalone.cli.UserException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that is measured. Its standard input is a pipe held open here: its end, by {@link
 * #close} or this JVM's death, asks the child to stop. What it says on standard error is kept in a
 * log.
 */
public final class Child implements AutoCloseable {

    private static final long STOP_SECONDS = 15;
    private static final int LOG_LINES = 5;

    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedReader out;
    private final BufferedWriter in;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a child. Ctrl-C reaches children, too; the shell ignores it on their behalf, since the
     * parent ends them in order.
     *
     * @param name what messages call it
     * @param command command line
     * @param environment variables beside this process's own, from which {@code LABELWORTH_*} are
     *     taken out: they are about another cluster
     * @param log file for its standard error, appended to
     */
    public static Child start(
            String name, List<String> command, Map<String, String> environment, Path log) {
        List<String> line =
                new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", name));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("LABELWORTH_"));
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UserException("cannot start the " + name + ": " + e.getMessage());
        }
    }

    /** Process id. */
    public long pid() {
        return process.pid();
    }

    /**
     * The next line it prints.
     *
     * @throws UserException when it ends instead
     */
    public String line() {
        try {
            String line = out.readLine();
            if (line == null) {
                process.waitFor();
                throw died();
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from the " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw died();
        }
    }

    /** Sends it a line. */
    public void tell(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw died();
        }
    }

    /**
     * Refuses to go on without it.
     *
     * @throws UserException with the end of its log, when it is dead
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw died();
        }
    }

    /**
     * Bytes of memory it has in RAM.
     *
     * @throws UserException where the system does not say: not on Linux, or it is dead
     */
    public long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kibibytes -> 1024 * Long.parseLong(kibibytes))
                    .findFirst()
                    .orElseThrow(this::died);
        } catch (IOException e) {
            throw new UserException(
                    "/proc does not say how much memory the " + name + " takes; leave memory out");
        }
    }

    private UserException died() {
        String last = "";
        try {
            List<String> lines = Files.readAllLines(log);
            last =
                    String.join(
                            "; ",
                            lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            // There is nothing more to say.
        }
        return new UserException(
                "the " + name + " ended in the middle of a measurement; its last words: " + last);
    }

    /** Asks it to stop, and kills it when that takes long. */
    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // It is gone already.
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
