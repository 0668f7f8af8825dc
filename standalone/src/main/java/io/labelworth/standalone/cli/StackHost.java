package io.labelworth.standalone.cli;

import io.labelworth.learning.data.Datasets;
import io.labelworth.standalone.stack.LocalPaths;
import io.labelworth.standalone.stack.Stack;
import java.util.function.Consumer;

/** Starts a stack whose life ends with the command's, also by Ctrl-C or SIGTERM. */
final class StackHost {

    private StackHost() {}

    static Stack start(LocalPaths paths, int port, Datasets datasets, Consumer<String> progress) {
        Stack stack = Stack.start(paths, port, datasets, progress);
        // The JVM halts when its hooks return: this one returns when everything has stopped, in
        // order.
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        return stack;
    }
}
