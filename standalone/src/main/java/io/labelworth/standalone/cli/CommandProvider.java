package io.labelworth.standalone.cli;

/**
 * Adds a command to the command line, by {@link java.util.ServiceLoader}: what is on the class path
 * and builds on this module, such as the benchmarks, is a command without this module knowing it.
 */
public interface CommandProvider {

    /** A new instance of a class with picocli's {@code @Command}, which names it. */
    Object command();
}
