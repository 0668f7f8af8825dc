package io.labelworth.bench.cli;

import io.labelworth.standalone.cli.CommandProvider;

/** Adds {@code bench} to the command line. */
public final class BenchCommands implements CommandProvider {

    @Override
    public Object command() {
        return new BenchCommand();
    }
}
