package io.labelworth.analytics.rest;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * Answers that a client may already have. The tag is a digest of the body, so that all instances
 * agree on it, also after a restart; weak, since a compressed body is other bytes.
 */
public final class Etag {

    private static final int BYTES = 12;

    private Etag() {}

    /** Sends JSON, or 304 without it when the client says that it has just that. */
    public static void json(Context context, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String tag = "W/\"" + digest(bytes) + '"';
        context.header("ETag", tag).header("Cache-Control", "no-cache");
        if (has(context.header("If-None-Match"), tag)) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else {
            context.contentType(Operation.JSON).result(bytes);
        }
    }

    private static boolean has(String asked, String tag) {
        return asked != null
                && Stream.of(asked.split(","))
                        .map(String::trim)
                        .anyMatch(one -> one.equals("*") || opaque(one).equals(opaque(tag)));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(whole, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
