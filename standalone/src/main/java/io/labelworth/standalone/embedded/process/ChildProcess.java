package io.labelworth.standalone.embedded.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One running child JVM. The parent holds the child's standard input open; closing it asks the
 * child to stop.
 */
public final class ChildProcess {

    private static final long PROBE_INTERVAL_MS = 25;

    private final ChildCommand command;
    private final Process process;
    private final ChildLog log;
    private final long logStart;

    private ChildProcess(ChildCommand command, Process process, ChildLog log, long logStart) {
        this.command = command;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /**
     * Starts a child JVM.
     *
     * @throws ChildException when the system cannot start it
     */
    public static ChildProcess launch(ChildCommand command) {
        ChildLog log = new ChildLog(command.log());
        ProcessBuilder builder = new ProcessBuilder(command.line());
        builder.directory(command.directory().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
        builder.environment().put("CLASSPATH", command.classPath());
        withoutTrainingMemorySettings(builder.environment());
        try {
            log.roll();
            long logStart = log.position();
            return new ChildProcess(command, builder.start(), log, logStart);
        } catch (IOException e) {
            throw new ChildException(
                    ChildException.Reason.OTHER,
                    "cannot start the " + command.name() + ": " + e.getMessage());
        }
    }

    /** Process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the probe says yes.
     *
     * @throws ChildException when the child dies first or the limit passes; it is not stopped then
     */
    void awaitReady(BooleanSupplier probe, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!probe.getAsBoolean()) {
            if (process.waitFor(PROBE_INTERVAL_MS, TimeUnit.MILLISECONDS)) {
                throw failure();
            }
            if (System.nanoTime() > deadline) {
                throw diagnose("did not answer within " + limit.toSeconds() + " s");
            }
        }
        if (!process.isAlive()) {
            throw failure();
        }
    }

    /** Waits for its end. */
    void awaitExit() throws InterruptedException {
        process.waitFor();
    }

    /** Why a child that has ended did so. */
    ChildException failure() {
        return diagnose("stopped with status " + process.exitValue());
    }

    /** Asks it to stop and, once the grace is over or the caller is interrupted, kills it. */
    void stop(Duration grace) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already: nobody reads the pipe.
            process.destroy();
        }
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private ChildException diagnose(String what) {
        return ChildDiagnosis.diagnose(command, what, log.since(logStart));
    }

    private static void withoutTrainingMemorySettings(Map<String, String> environment) {
        // The launcher sets them for libtorch's buffers; a small JVM would only hoard memory.
        environment.keySet().removeIf(name -> name.startsWith("MALLOC_"));
    }
}
