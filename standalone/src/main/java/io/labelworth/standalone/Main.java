package io.labelworth.standalone;

import io.labelworth.standalone.cli.LabelworthCli;

/** Entry point of the {@code labelworth} launcher. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(LabelworthCli.run(args));
    }
}
