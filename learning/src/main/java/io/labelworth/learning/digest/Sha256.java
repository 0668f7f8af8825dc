package io.labelworth.learning.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as lower-case hexadecimal. */
public final class Sha256 {

    // Looking an algorithm up costs as much as hashing a small image.
    private static final ThreadLocal<MessageDigest> OF_THREAD =
            ThreadLocal.withInitial(Sha256::newDigest);

    private Sha256() {}

    /** A new digest. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Hash of {@code bytes}. */
    public static String of(byte[] bytes) {
        return hex(OF_THREAD.get().digest(bytes));
    }

    /** Hash of the content of {@code file}. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return hex(digest.digest());
    }

    /** {@code digest} as text. */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
