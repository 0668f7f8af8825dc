package io.labelworth.standalone.embedded;

import java.time.Instant;
import java.util.Optional;

/**
 * One process, told apart from a later one with the same id: in a container every run may have id
 * 1.
 *
 * @param pid process id
 * @param startMillis when it started, milliseconds since 1970; 0 where the system does not say
 */
record ProcessIdentity(long pid, long startMillis) {

    static ProcessIdentity current() {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessIdentity(
                self.pid(), self.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** Reads what {@link #toString} wrote; empty when it is something else. */
    static Optional<ProcessIdentity> parse(String text) {
        String[] parts = text.strip().split(" ");
        try {
            return Optional.of(
                    new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return pid + " " + startMillis;
    }
}
