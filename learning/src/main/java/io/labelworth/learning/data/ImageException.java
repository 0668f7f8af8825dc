package io.labelworth.learning.data;

/** An image reference that gives no image. It concerns this one image only. */
public class ImageException extends Exception {

    /** Why a reference gives no image. */
    public enum Kind {
        /** No readable file at the URI. */
        MISSING_FILE("missing-file"),
        /** The pixels are others than the reference names. */
        WRONG_HASH("wrong-hash"),
        /** The file, or the place in it, holds no such image. */
        UNDECODABLE("undecodable"),
        /** The URI leads out of the data root. */
        OUTSIDE_ROOT("outside-root");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The kind as events name it, for example missing-file. */
        public String text() {
            return text;
        }
    }

    private final Kind kind;

    public ImageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ImageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why the reference gives no image. */
    public Kind kind() {
        return kind;
    }
}
