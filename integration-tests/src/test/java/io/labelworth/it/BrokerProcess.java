package io.labelworth.it;

import java.nio.file.Path;

/** The embedded broker of a cluster, as a process to be killed. */
public final class BrokerProcess {

    private BrokerProcess() {}

    /** kill -9 of the broker whose storage is under a directory; it is started again. */
    public static void kill(Path directory) {
        ProcessHandle broker =
                ProcessHandle.current()
                        .children()
                        .filter(child -> isBroker(child, directory))
                        .findFirst()
                        .orElseThrow();
        broker.destroyForcibly();
        broker.onExit().join();
    }

    private static boolean isBroker(ProcessHandle child, Path directory) {
        String commandLine = child.info().commandLine().orElse("");
        return commandLine.contains("BrokerMain") && commandLine.contains(directory.toString());
    }
}
