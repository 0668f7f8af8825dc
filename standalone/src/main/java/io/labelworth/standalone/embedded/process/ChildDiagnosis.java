package io.labelworth.standalone.embedded.process;

import io.labelworth.standalone.embedded.process.ChildException.Reason;
import java.util.List;
import java.util.Optional;

/** Turns the log lines of a dead child into the one line its user needs. */
final class ChildDiagnosis {

    private static final int LONGEST_QUOTE = 300;
    private static final String CAUSE = "Caused by: ";

    // The log lies on the same disk: when that is full to the last block, the reason is not in it.
    private static final long SPACE_TO_LOG_BYTES = 64 * 1024;

    private ChildDiagnosis() {}

    /**
     * @param command the child that died
     * @param what what happened, for example {@code stopped with status 1}
     * @param lines what it logged since it was started
     */
    static ChildException diagnose(ChildCommand command, String what, List<String> lines) {
        String subject = "the " + command.name() + " " + what;
        String log = "; see " + command.log();
        if (mentions(lines, "No space left on device", "Disk quota exceeded")
                || command.directory().toFile().getUsableSpace() < SPACE_TO_LOG_BYTES) {
            return new ChildException(
                    Reason.DISK_FULL,
                    subject
                            + ": the disk of "
                            + command.directory()
                            + " is full; free some space and start again"
                            + log);
        }
        if (mentions(lines, "Address already in use", "in use by another process")) {
            return new ChildException(
                    Reason.PORT_TAKEN,
                    subject + ": another process took its port; start again" + log);
        }
        if (mentions(lines, "meta.properties", "CorruptRecordException", "MVStoreException")) {
            return new ChildException(
                    Reason.DAMAGED,
                    subject
                            + ": its files in "
                            + command.directory()
                            + " are damaged ("
                            + lastError(lines).orElse("no reason logged")
                            + "); restore them from a copy, or move the directory away to start"
                            + " empty"
                            + log);
        }
        if (mentions(lines, "Permission denied", "AccessDenied", "Read-only file system")) {
            return new ChildException(
                    Reason.NOT_WRITABLE,
                    subject
                            + ": a file in "
                            + command.directory()
                            + " cannot be written; give this user the right to"
                            + log);
        }
        String quote = lastError(lines).map(line -> ": " + line).orElse("");
        return new ChildException(Reason.OTHER, subject + quote + log);
    }

    private static boolean mentions(List<String> lines, String... phrases) {
        return lines.stream().anyMatch(line -> List.of(phrases).stream().anyMatch(line::contains));
    }

    private static Optional<String> lastError(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("ERROR") || line.startsWith(CAUSE))
                .reduce((first, second) -> second)
                .map(line -> line.replaceFirst("^.*?ERROR\\s*|" + CAUSE, ""))
                .map(line -> line.substring(0, Math.min(LONGEST_QUOTE, line.length())));
    }
}
