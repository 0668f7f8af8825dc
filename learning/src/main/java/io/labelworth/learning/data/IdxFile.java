package io.labelworth.learning.data;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A memory-mapped IDX file of unsigned bytes, the format of MNIST and Fashion-MNIST: two zero
 * bytes, the type 0x08, the number of dimensions, the dimensions as big-endian 32-bit integers, the
 * bytes.
 */
final class IdxFile {

    private static final int TYPE_UNSIGNED_BYTE = 0x08;

    private final MappedByteBuffer bytes;
    private final int headerBytes;
    private final int items;
    private final int itemBytes;

    private IdxFile(MappedByteBuffer bytes, int headerBytes, int items, int itemBytes) {
        this.bytes = bytes;
        this.headerBytes = headerBytes;
        this.items = items;
        this.itemBytes = itemBytes;
    }

    /**
     * Maps {@code file} after checking its magic number, dimensions and size.
     *
     * @throws IOException when the file cannot be read
     * @throws IdxFormatException when it is no IDX file of {@code dimensions} dimensions
     */
    static IdxFile open(Path file, int dimensions) throws IOException, IdxFormatException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int headerBytes = Integer.BYTES * (1 + dimensions);
            if (size < headerBytes || size > Integer.MAX_VALUE) {
                throw new IdxFormatException(size + " bytes are no IDX file");
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            int magic = bytes.getInt(0);
            int expectedMagic = (TYPE_UNSIGNED_BYTE << 8) | dimensions;
            if (magic != expectedMagic) {
                throw new IdxFormatException(
                        String.format("its magic is %08x, not %08x", magic, expectedMagic));
            }
            int items = bytes.getInt(Integer.BYTES);
            long itemBytes = 1;
            for (int d = 1; d < dimensions; d++) {
                int length = bytes.getInt(Integer.BYTES * (1 + d));
                if (length < 1 || itemBytes * length > Integer.MAX_VALUE) {
                    throw new IdxFormatException("dimension " + d + " is " + length);
                }
                itemBytes *= length;
            }
            if (items < 1 || headerBytes + items * itemBytes != size) {
                throw new IdxFormatException(
                        String.format(
                                "%d items of %d bytes do not make its %d bytes",
                                items, itemBytes, size));
            }
            return new IdxFile(bytes, headerBytes, items, (int) itemBytes);
        }
    }

    int items() {
        return items;
    }

    int itemBytes() {
        return itemBytes;
    }

    void copy(int item, byte[] into, int offset) {
        bytes.get(headerBytes + item * itemBytes, into, offset, itemBytes);
    }

    /** Bytes that are not what an IDX file holds. */
    static final class IdxFormatException extends Exception {
        IdxFormatException(String message) {
            super(message);
        }
    }
}
