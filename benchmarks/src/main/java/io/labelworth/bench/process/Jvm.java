package io.labelworth.bench.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of JVMs like this one: same Java, same options, same class path. */
public final class Jvm {

    private Jvm() {}

    /** The command line that runs a main class. */
    public static List<String> running(Class<?> main, List<String> arguments) {
        return running(main, List.of(), arguments);
    }

    /**
     * The command line that runs a main class.
     *
     * @param options of the JVM, which overrule this one's
     */
    public static List<String> running(
            Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
