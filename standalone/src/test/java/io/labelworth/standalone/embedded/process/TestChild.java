package io.labelworth.standalone.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A child for tests: it creates the file {@code ready} and waits; when it ends in order it creates
 * {@code stopped}. As {@code stubborn} it never ends in order; as {@code failing} it logs a line
 * and dies at once.
 */
public final class TestChild {

    private TestChild() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args[0].equals("failing")) {
            System.out.println(args[1]);
            System.exit(1);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(args[0])));
        Files.createFile(Path.of("ready"));
        Thread.sleep(Duration.ofMinutes(1).toMillis());
    }

    private static void end(String kind) {
        try {
            if (kind.equals("stubborn")) {
                Thread.sleep(Duration.ofMinutes(1).toMillis());
            }
            Files.createFile(Path.of("stopped"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Command of a child in a directory. */
    static ChildCommand command(Path dir, Path lock, String... arguments) {
        return new ChildCommand(
                "test child",
                dir,
                dir.resolve("child.log"),
                lock,
                System.getProperty("java.class.path"),
                List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"),
                TestChild.class.getName(),
                List.of(arguments));
    }

    /** Whether the child of a directory is up. */
    static boolean isUp(Path dir) {
        return Files.exists(dir.resolve("ready"));
    }

    /** A child that serves until it is stopped and is never started again. */
    public static SupervisedChild serving(Path dir, Path lock) {
        return new SupervisedChild(
                command(dir, lock, "serving"),
                () -> isUp(dir),
                Duration.ofSeconds(10),
                new RestartBudget(0, Duration.ofMinutes(1), Clock.systemUTC()),
                death -> {});
    }
}
