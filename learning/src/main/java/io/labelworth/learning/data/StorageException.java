package io.labelworth.learning.data;

import java.io.IOException;
import java.nio.file.Path;

/** The folder of a dataset cannot be written to, so no other way to fetch it would help. */
final class StorageException extends DatasetException {

    StorageException(Path folder, IOException cause) {
        super(
                String.format(
                        "cannot write to %s (%s: %s); free some space there, or check its rights",
                        folder, cause.getClass().getSimpleName(), cause.getMessage()),
                cause);
    }
}
