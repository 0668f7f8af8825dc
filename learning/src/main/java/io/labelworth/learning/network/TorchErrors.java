package io.labelworth.learning.network;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Locale;

/** What libtorch says when it fails, in one line and one type. */
final class TorchErrors {

    private static final int LONGEST = 300;

    /** Of libtorch's allocators, by what they write: CUDA's, and the processor's. */
    private static final List<String> OUT_OF_MEMORY =
            List.of("out of memory", "can't allocate memory");

    /** Precedes the cause, after the trace of a TorchScript program. */
    private static final String SCRIPT_CAUSE = "RuntimeError: ";

    private TorchErrors() {}

    /** The exception to throw instead of {@code cause}. */
    static ModelException of(String what, EngineException cause) {
        String message = String.valueOf(cause.getMessage());
        String line = what + ": " + firstLine(message);
        String lowerCase = message.toLowerCase(Locale.ROOT);
        return OUT_OF_MEMORY.stream().anyMatch(lowerCase::contains)
                ? new DeviceMemoryException(line, cause)
                : new ModelException(line, cause);
    }

    private static String firstLine(String message) {
        int cause = message.lastIndexOf(SCRIPT_CAUSE);
        String start = cause < 0 ? message : message.substring(cause + SCRIPT_CAUSE.length());
        String line = start.lines().findFirst().orElse("no reason given").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
