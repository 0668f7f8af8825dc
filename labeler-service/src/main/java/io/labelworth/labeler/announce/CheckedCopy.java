package io.labelworth.labeler.announce;

import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Copies a checkpoint in one rename, so that the file is there whole or not at all. */
final class CheckedCopy {

    private CheckedCopy() {}

    /**
     * Makes a copy.
     *
     * @param sha256 what was checked; the source may have changed since
     */
    static void make(Path source, Path target, String sha256) throws RefusedException {
        try {
            Files.createDirectories(target.getParent());
            Path partial = Files.createTempFile(target.getParent(), ".incoming", "");
            try {
                Files.copy(source, partial, StandardCopyOption.REPLACE_EXISTING);
                if (!Sha256.of(partial).equals(sha256)) {
                    throw new RefusedException(
                            "wrong-hash", source + " changed while it was looked at; try again");
                }
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new RefusedException(
                    "not-copied", "cannot copy " + source + " to " + target + ": " + e);
        }
    }
}
