package io.labelworth.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A temporary directory and everything started in it. Both end together: when the work is done,
 * when it fails, and when the process is asked to stop.
 */
public final class Workspace implements AutoCloseable {

    private final Path directory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile boolean closing;

    private Workspace(Path directory) {
        this.directory = directory;
    }

    /** A new directory for temporary files, which also ends with this JVM. */
    public static Workspace create(String prefix) throws IOException {
        Workspace workspace = new Workspace(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::close, "end-benchmark"));
        return workspace;
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    /**
     * Starts something that ends with this workspace unless {@link #end} ends it before. A stop
     * that is asked for meanwhile waits until it is started, and then ends it.
     */
    public synchronized <T extends AutoCloseable> T start(Supplier<T> starter) {
        if (closing) {
            throw new IllegalStateException("the benchmark is being stopped");
        }
        T started = starter.get();
        open.push(started);
        return started;
    }

    /** Ends something that was started here. */
    public synchronized void end(AutoCloseable started) {
        if (open.remove(started)) {
            closeQuietly(started);
        }
    }

    /** Deletes a directory below this one, to make room. */
    public void delete(Path below) {
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + below + ": " + e, e);
        }
    }

    /**
     * Runs work; when it fails because everything is being ended around it, waits for this JVM's
     * end instead of reporting that.
     */
    public <T> T undisturbed(Callable<T> work) throws IOException, InterruptedException {
        try {
            return work.call();
        } catch (IOException | InterruptedException | RuntimeException e) {
            awaitEndIfClosing();
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEndIfClosing() throws InterruptedException {
        if (closing) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            while (!open.isEmpty()) {
                closeQuietly(open.pop());
            }
            if (Files.exists(directory)) {
                delete(directory);
            }
        }
    }

    private static void closeQuietly(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            System.err.println("cannot end a part of the benchmark: " + e);
        }
    }
}
