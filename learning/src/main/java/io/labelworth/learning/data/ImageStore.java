package io.labelworth.learning.data;

import io.labelworth.learning.data.ImageException.Kind;
import io.labelworth.learning.digest.Sha256;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads single images by reference, from memory-mapped IDX files under one root. References come
 * from outside: one that leads out of the root, by "..", an absolute path or a symbolic link, is
 * refused, and pixels are checked against their hash. Safe to share between threads.
 */
public final class ImageStore {

    private static final int IMAGE_DIMENSIONS = 3;

    private final Path root;
    private final Map<Path, IdxFile> open = new ConcurrentHashMap<>();

    public ImageStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The raw pixels at {@code uri}, for example fashion-mnist/train-images-idx3-ubyte#42.
     *
     * @param sha256 expected hash of the pixels, lower-case hexadecimal
     * @param expectedBytes expected number of bytes
     * @throws ImageException when there is no such image; see {@link Kind}
     */
    public byte[] read(String uri, String sha256, int expectedBytes) throws ImageException {
        int hash = uri.lastIndexOf('#');
        String path = hash < 0 ? uri : uri.substring(0, hash);
        Path file = inRoot(path, uri);
        if (hash < 0) {
            throw new ImageException(Kind.UNDECODABLE, uri + " names no image; add #<index>");
        }
        IdxFile images = images(file, uri);
        int index = index(uri.substring(hash + 1), images.items(), uri);
        if (images.itemBytes() != expectedBytes) {
            throw new ImageException(
                    Kind.UNDECODABLE,
                    String.format(
                            "%s has %d bytes, not %d", uri, images.itemBytes(), expectedBytes));
        }
        byte[] pixels = new byte[expectedBytes];
        images.copy(index, pixels, 0);
        if (!Sha256.of(pixels).equals(sha256)) {
            throw new ImageException(
                    Kind.WRONG_HASH, uri + " holds other pixels than its SHA-256 says");
        }
        return pixels;
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

    private IdxFile images(Path file, String uri) throws ImageException {
        IdxFile known = open.get(file);
        if (known != null) {
            return known;
        }
        try {
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                throw outside(uri);
            }
            IdxFile images = IdxFile.open(file, IMAGE_DIMENSIONS);
            open.put(file, images);
            return images;
        } catch (NoSuchFileException e) {
            throw new ImageException(Kind.MISSING_FILE, uri + ": no such file in the data root", e);
        } catch (IOException e) {
            throw new ImageException(Kind.MISSING_FILE, uri + " cannot be read", e);
        } catch (IdxFile.IdxFormatException e) {
            throw new ImageException(Kind.UNDECODABLE, uri + ": " + e.getMessage(), e);
        }
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
