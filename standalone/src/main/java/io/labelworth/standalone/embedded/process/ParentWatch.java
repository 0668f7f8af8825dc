package io.labelworth.standalone.embedded.process;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;

/**
 * Ends this JVM when its parent closes the pipe to standard input, or dies.
 *
 * @param lock held as long as this JVM lives: nothing else keeps it from being collected, and
 *     released with it
 */
record ParentWatch(FileLock lock) implements Runnable {

    /** What shutdown hooks are allowed; with the parent's own stop it makes less than 10 s. */
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(7);

    private static final int HALTED = 143;

    @Override
    public void run() {
        awaitEndOfInput();
        Thread limit = new Thread(ParentWatch::haltAfterLimit, "shutdown-limit");
        limit.setDaemon(true);
        limit.start();
        System.exit(0);
    }

    private static void awaitEndOfInput() {
        int read = 0;
        while (read >= 0) {
            try {
                read = System.in.read();
            } catch (IOException e) {
                // A broken pipe is an ended one.
                read = -1;
            }
        }
    }

    private static void haltAfterLimit() {
        try {
            Thread.sleep(SHUTDOWN_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(HALTED);
    }
}
