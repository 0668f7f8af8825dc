package io.labelworth.standalone.cli;

import picocli.CommandLine.Option;

/** Where the dashboard listens. */
final class PortOption {

    private static final int HIGHEST = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8088",
            description = "port of the dashboard, 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port;

    int port() {
        if (port < 0 || port > HIGHEST) {
            throw new UserException("--port must be from 0 to " + HIGHEST + ", not " + port);
        }
        return port;
    }
}
