package io.labelworth.learning.data;

import io.labelworth.learning.data.ImageException.Kind;
import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads single images by reference, from memory-mapped IDX files and from PNG files under one root.
 * References come from outside: one that leads out of the root, by "..", an absolute path or a
 * symbolic link, is refused, and pixels are checked against their hash. Safe to share between
 * threads.
 */
public final class ImageStore {

    private static final int IMAGE_DIMENSIONS = 3;
    private static final String PNG = ".png";

    /** Text, colour profile and the like that a PNG file may carry beside its pixels. */
    private static final int MOST_PNG_OVERHEAD = 1 << 20;

    private final Path root;
    private final Map<String, Opened> open = new ConcurrentHashMap<>();

    /** A mapped file, which goes on showing what it showed when another is put in its place. */
    private record Opened(IdxFile images, Path path, FileTime modified, Object inode) {

        static Opened at(Path path) throws IOException, IdxFile.IdxFormatException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Opened(
                    IdxFile.open(path, IMAGE_DIMENSIONS),
                    path,
                    attributes.lastModifiedTime(),
                    attributes.fileKey());
        }

        boolean isCurrent() {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                return modified.equals(now.lastModifiedTime())
                        && Objects.equals(inode, now.fileKey());
            } catch (IOException e) {
                // Gone: opening it anew says so.
                return false;
            }
        }
    }

    public ImageStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The raw pixels at {@code uri}: fashion-mnist/train-images-idx3-ubyte#42 is an image of an IDX
     * file, pets/cat-7.png a file of its own (8 bits, one or three channels).
     *
     * @param sha256 expected hash of the raw pixels, lower-case hexadecimal
     * @param expectedBytes expected number of bytes
     * @return unsigned bytes, channel by channel, row by row
     * @throws ImageException when there is no such image; see {@link Kind}
     */
    public byte[] read(String uri, String sha256, int expectedBytes) throws ImageException {
        byte[] pixels = pixels(uri, expectedBytes);
        if (!Sha256.of(pixels).equals(sha256) && closeReplaced(uri)) {
            pixels = pixels(uri, expectedBytes);
        }
        if (!Sha256.of(pixels).equals(sha256)) {
            throw new ImageException(
                    Kind.WRONG_HASH, uri + " holds other pixels than its SHA-256 says");
        }
        return pixels;
    }

    /** Lets go of an IDX file that another has taken the place of, as a repair does. */
    private boolean closeReplaced(String uri) {
        String path = uri.substring(0, Math.max(0, uri.lastIndexOf('#')));
        Opened opened = open.get(path);
        return opened != null && !opened.isCurrent() && open.remove(path, opened);
    }

    private byte[] pixels(String uri, int expectedBytes) throws ImageException {
        int hash = uri.lastIndexOf('#');
        if (hash >= 0) {
            return idx(uri.substring(0, hash), uri, uri.substring(hash + 1), expectedBytes);
        }
        Path file = inRoot(uri, uri);
        if (uri.endsWith(PNG)) {
            return png(file, uri, expectedBytes);
        }
        throw new ImageException(
                Kind.UNDECODABLE, uri + " names no image; add #<index>, or name a file " + PNG);
    }

    private byte[] idx(String path, String uri, String place, int expectedBytes)
            throws ImageException {
        IdxFile images = images(path, uri);
        int index = index(place, images.items(), uri);
        if (images.itemBytes() != expectedBytes) {
            throw new ImageException(
                    Kind.UNDECODABLE,
                    String.format(
                            "%s has %d bytes, not %d", uri, images.itemBytes(), expectedBytes));
        }
        byte[] pixels = new byte[expectedBytes];
        images.copy(index, pixels, 0);
        return pixels;
    }

    private byte[] png(Path file, String uri, int expectedBytes) throws ImageException {
        try {
            requireLinkedInside(file, uri);
            // A pipe would be waited for.
            if (!Files.isRegularFile(file)) {
                throw new ImageException(Kind.MISSING_FILE, uri + " is not a file");
            }
            int most = 2 * expectedBytes + MOST_PNG_OVERHEAD;
            byte[] content;
            try (InputStream in = Files.newInputStream(file)) {
                content = in.readNBytes(most + 1);
            }
            if (content.length > most) {
                throw new ImageException(
                        Kind.UNDECODABLE,
                        uri + " is too large for an image of " + expectedBytes + " bytes");
            }
            return PngImage.pixels(content, expectedBytes);
        } catch (IOException e) {
            throw unreadable(uri, e);
        } catch (PngImage.PngFormatException e) {
            throw new ImageException(Kind.UNDECODABLE, uri + ": " + e.getMessage(), e);
        }
    }

    private Path inRoot(String path, String uri) throws ImageException {
        try {
            Path relative = Path.of(path);
            Path file = root.resolve(relative).normalize();
            if (path.isEmpty()
                    || path.contains(":")
                    || relative.isAbsolute()
                    || !file.startsWith(root)) {
                throw outside(uri);
            }
            return file;
        } catch (InvalidPathException e) {
            throw outside(uri);
        }
    }

    private IdxFile images(String path, String uri) throws ImageException {
        // By the text: resolving a path costs more than reading the image.
        Opened known = open.get(path);
        if (known != null) {
            return known.images();
        }
        Path file = inRoot(path, uri);
        try {
            requireLinkedInside(file, uri);
            Opened opened = Opened.at(file);
            open.put(path, opened);
            return opened.images();
        } catch (IOException e) {
            throw unreadable(uri, e);
        } catch (IdxFile.IdxFormatException e) {
            throw new ImageException(Kind.UNDECODABLE, uri + ": " + e.getMessage(), e);
        }
    }

    private void requireLinkedInside(Path file, String uri) throws ImageException, IOException {
        if (!file.toRealPath().startsWith(root.toRealPath())) {
            throw outside(uri);
        }
    }

    private static ImageException unreadable(String uri, IOException e) {
        String what =
                e instanceof NoSuchFileException
                        ? ": no such file in the data root"
                        : " cannot be read";
        return new ImageException(Kind.MISSING_FILE, uri + what, e);
    }

    private static int index(String text, int items, String uri) throws ImageException {
        try {
            int index = Integer.parseInt(text);
            if (index >= 0 && index < items) {
                return index;
            }
        } catch (NumberFormatException e) {
            throw new ImageException(Kind.UNDECODABLE, uri + ": the index is no number", e);
        }
        throw new ImageException(
                Kind.UNDECODABLE, uri + ": the index is not within 0 to " + (items - 1));
    }

    private static ImageException outside(String uri) {
        return new ImageException(Kind.OUTSIDE_ROOT, uri + " leads out of the data root");
    }
}
