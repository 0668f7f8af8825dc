package io.labelworth.trainer.view;

import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** The label view at one moment. Used by one thread; close it, since it keeps old data on disk. */
public final class ViewSnapshot implements AutoCloseable {

    private final RocksDB db;
    private final Snapshot snapshot;
    private final ReadOptions reading;

    ViewSnapshot(RocksDB db) {
        this.db = db;
        this.snapshot = db.getSnapshot();
        this.reading = new ReadOptions().setSnapshot(snapshot);
    }

    /**
     * The reference of one rank of one class; where several images claim it, that of the smallest
     * image id.
     */
    public Optional<ImageRef> imageRef(
            String dataset, String version, String source, int imageClass, int rank) {
        byte[] prefix =
                ViewKeys.bytes(ViewKeys.refPrefix(dataset, version, source, rank, imageClass));
        try (RocksIterator refs = db.newIterator(reading)) {
            refs.seek(prefix);
            if (!refs.isValid() || !startsWith(refs.key(), prefix)) {
                return Optional.empty();
            }
            return Optional.of(ImageRef.fromByteBuffer(ByteBuffer.wrap(refs.value())));
        } catch (IOException e) {
            throw new ViewException("the label view holds a broken reference", e);
        }
    }

    /** The label that a labelling gives an image. */
    public Optional<SoftLabel> label(String labellingId, ImageRef image) {
        String key =
                ViewKeys.label(
                        image.getDataset(),
                        image.getSource(),
                        labellingId,
                        image.getRank(),
                        image.getImageClass(),
                        image.getImageId());
        try {
            byte[] stored = db.get(reading, ViewKeys.bytes(key));
            return stored == null
                    ? Optional.empty()
                    : Optional.of(SoftLabel.fromByteBuffer(ByteBuffer.wrap(stored)));
        } catch (RocksDBException | IOException e) {
            throw new ViewException("the label view cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        reading.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
