package io.labelworth.standalone.terminal;

import java.io.PrintStream;
import java.time.Clock;

/** Shows how far long work has come. */
public interface Progress {

    /** Property the launcher sets to true where standard error is a terminal. */
    String TERMINAL_PROPERTY = "labelworth.terminal";

    /** One line of news. */
    void line(String text);

    /**
     * Opens a stage of the work.
     *
     * @param name what is being done
     * @param total units to do
     */
    Stage stage(String name, long total);

    /** A stage under way; closing it leaves its last state on the screen. */
    interface Stage extends AutoCloseable {

        /**
         * Shows a new state.
         *
         * @param done units done
         * @param detail what else is worth knowing; may be empty
         */
        void at(long done, String detail);

        @Override
        void close();
    }

    /** Bars where standard error is a terminal, lines elsewhere. */
    static Progress onStandardError() {
        return create(System.err, Boolean.getBoolean(TERMINAL_PROPERTY), Clock.systemUTC());
    }

    /** The right kind of progress for a stream. */
    static Progress create(PrintStream out, boolean terminal, Clock clock) {
        return terminal ? new BarProgress(out) : new LineProgress(out, clock);
    }
}
