package io.labelworth.learning.label;

import io.labelworth.learning.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * SHA-256 over the logical fields of a set's labels, in training order: image id, class, codec and
 * payload, each with its length before it. Says whether two students saw the same labels, whatever
 * offsets the labels were read from. Not safe to share between threads.
 */
public final class LabelDigest {

    /** Codec name of a hard label, whose payload is empty. */
    public static final String HARD = "hard";

    private final MessageDigest digest = Sha256.newDigest();

    /** Adds the label of one image. */
    public LabelDigest add(String imageId, int imageClass, String codec, byte[] payload) {
        field(imageId.getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, imageClass));
        field(codec.getBytes(StandardCharsets.UTF_8));
        field(payload);
        return this;
    }

    /** Adds the hard label of one image. */
    public LabelDigest addHard(String imageId, int imageClass) {
        return add(imageId, imageClass, HARD, new byte[0]);
    }

    /** The digest of all labels added, lower-case hexadecimal; starts anew after it. */
    public String hex() {
        return Sha256.hex(digest.digest());
    }

    private void field(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
