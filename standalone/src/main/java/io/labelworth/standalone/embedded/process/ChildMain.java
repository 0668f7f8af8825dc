package io.labelworth.standalone.embedded.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * First main of every child JVM: takes the child's lock, watches the parent, and calls the real
 * main.
 *
 * <p>A pipe is the one thing a killed parent always closes, on every system: no pid to poll, none
 * to mistake for another's.
 */
public final class ChildMain {

    /** Exit status of a child whose lock another process holds. */
    static final int LOCKED = 3;

    private ChildMain() {}

    /**
     * @param args the lock file, the real main class, and that main's own arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        Path lockFile = Path.of(args[0]);
        FileLock lock =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .tryLock();
        if (lock == null) {
            System.err.println("ERROR ChildMain - another process holds " + lockFile);
            System.exit(LOCKED);
        }
        Thread watch = new Thread(new ParentWatch(lock), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[1])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        }
    }
}
