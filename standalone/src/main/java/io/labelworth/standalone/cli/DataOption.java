package io.labelworth.standalone.cli;

import io.labelworth.standalone.stack.LocalPaths;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where this installation keeps its data. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:LABELWORTH_DATA:-${sys:user.home}/.labelworth}",
            description = "data directory (default: LABELWORTH_DATA, else ~/.labelworth)")
    private Path directory;

    /** The directory, absolute. */
    LocalPaths directory() {
        return new LocalPaths(directory.toAbsolutePath().normalize());
    }
}
