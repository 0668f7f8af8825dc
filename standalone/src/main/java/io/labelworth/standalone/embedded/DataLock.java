package io.labelworth.standalone.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to use a data directory: a lock of the operating system, which a killed process cannot
 * leave behind.
 */
final class DataLock implements AutoCloseable {

    private static final long RETRY_MS = 50;

    private final DataDirectory directory;
    private final FileChannel channel;

    private DataLock(DataDirectory directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws EmbeddedClusterException when another process holds it, or this one does
     */
    static DataLock acquire(DataDirectory directory) {
        try {
            Optional<ProcessIdentity> owner = readOwner(directory);
            // POSIX drops a process's locks on a file when it closes any descriptor of it, so the
            // file may not even be opened here when this process holds the lock.
            if (owner.isPresent() && owner.get().equals(ProcessIdentity.current())) {
                throw refused(directory, owner);
            }
            FileChannel channel = open(directory.lock());
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw refused(directory, readOwner(directory));
            }
            Files.writeString(directory.owner(), ProcessIdentity.current().toString());
            return new DataLock(directory, channel);
        } catch (IOException e) {
            throw new EmbeddedClusterException(
                    "cannot lock the data directory " + directory.root() + ": " + e, e);
        }
    }

    /**
     * Waits until the child that holds a lock file has ended: after its parent was killed it needs
     * a moment.
     *
     * @throws EmbeddedClusterException when it still runs after the limit
     */
    static void awaitReleased(Path lockFile, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isFree(lockFile)) {
            if (System.nanoTime() > deadline) {
                throw new EmbeddedClusterException(
                        "a process of an earlier run still holds "
                                + lockFile
                                + "; end it (fuser "
                                + lockFile
                                + " names it) and start again");
            }
            Thread.sleep(RETRY_MS);
        }
    }

    private static boolean isFree(Path lockFile) {
        try (FileChannel channel = open(lockFile)) {
            return channel.tryLock() != null;
        } catch (IOException e) {
            throw new EmbeddedClusterException("cannot lock " + lockFile + ": " + e, e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Optional<ProcessIdentity> readOwner(DataDirectory directory) throws IOException {
        return Files.exists(directory.owner())
                ? ProcessIdentity.parse(Files.readString(directory.owner()))
                : Optional.empty();
    }

    private static EmbeddedClusterException refused(
            DataDirectory directory, Optional<ProcessIdentity> owner) {
        String pid = owner.map(identity -> "process " + identity.pid()).orElse("another process");
        return new EmbeddedClusterException(
                pid
                        + " already runs on "
                        + directory.root()
                        + "; use it as it is, stop it first, or choose another directory with"
                        + " --data");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(directory.owner());
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedClusterException(
                    "cannot release the data directory " + directory.root() + ": " + e, e);
        }
    }
}
