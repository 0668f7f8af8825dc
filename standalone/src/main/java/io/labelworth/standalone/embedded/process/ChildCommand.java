package io.labelworth.standalone.embedded.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run one child JVM.
 *
 * @param name what messages call it, for example broker
 * @param directory its working directory; relative paths in {@code arguments} start there
 * @param log file that its output is appended to
 * @param lock file that it holds locked while it lives
 * @param classPath class path, {@link java.io.File#pathSeparator} between the entries
 * @param jvmOptions options of the JVM, system properties included
 * @param mainClass class whose {@code main} does the work
 * @param arguments arguments of that main
 */
public record ChildCommand(
        String name,
        Path directory,
        Path log,
        Path lock,
        String classPath,
        List<String> jvmOptions,
        String mainClass,
        List<String> arguments) {

    /** Copies the lists. */
    public ChildCommand {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }

    /**
     * The command line without the class path, which goes through the environment: {@code ps} shows
     * 4096 characters. The shell ignores Ctrl-C and a closed terminal on the child's behalf (an
     * ignored signal stays ignored across exec, and the JVM respects it): the parent gets them too,
     * and stops its children in order.
     */
    List<String> line() {
        List<String> line = new ArrayList<>();
        line.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", name));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmOptions);
        line.add(ChildMain.class.getName());
        line.add(lock.toString());
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }
}
