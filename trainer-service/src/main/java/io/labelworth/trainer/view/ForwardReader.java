package io.labelworth.trainer.view;

import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads that come in the order of the keys are steps of one iterator; others are searches. So a
 * budget, which is a range of keys, is a scan, and so is most of a subset of it.
 */
final class ForwardReader implements AutoCloseable {

    /** A search costs as much as some twenty steps over labels. */
    private static final int STEPS = 16;

    private final RocksIterator entries;
    private byte[] current;

    ForwardReader(RocksDB db, ReadOptions reading) {
        this.entries = db.newIterator(reading);
    }

    /** The value of the first key that has a prefix. */
    Optional<byte[]> first(byte[] prefix) {
        moveTo(prefix);
        boolean found =
                current != null
                        && current.length >= prefix.length
                        && Arrays.equals(current, 0, prefix.length, prefix, 0, prefix.length);
        return found ? Optional.of(entries.value()) : Optional.empty();
    }

    /** The value of a key. */
    Optional<byte[]> get(byte[] key) {
        moveTo(key);
        return Arrays.equals(current, key) ? Optional.of(entries.value()) : Optional.empty();
    }

    /** To the first key that is not before the one wanted. */
    private void moveTo(byte[] wanted) {
        if (current == null || Arrays.compareUnsigned(current, wanted) > 0) {
            search(wanted);
            return;
        }
        for (int step = 0; step < STEPS; step++) {
            if (current == null || Arrays.compareUnsigned(current, wanted) >= 0) {
                return;
            }
            entries.next();
            current = key();
        }
        if (current != null && Arrays.compareUnsigned(current, wanted) < 0) {
            search(wanted);
        }
    }

    private void search(byte[] wanted) {
        entries.seek(wanted);
        current = key();
    }

    /** Where the iterator is; null past the end, which damaged data must not be taken for. */
    private byte[] key() {
        if (entries.isValid()) {
            return entries.key();
        }
        try {
            entries.status();
            return null;
        } catch (RocksDBException e) {
            throw new ViewException("the label view failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        entries.close();
    }
}
