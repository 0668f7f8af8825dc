package io.labelworth.trainer.view;

import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/**
 * The label view at one moment. What is asked for in the order of the keys (rank, then class) is
 * one scan over the references and one over each labelling; another order is right too, and slow.
 * Used by one thread; close it, since it keeps old data on disk.
 */
public final class ViewSnapshot implements AutoCloseable {

    private final RocksDB db;
    private final Snapshot snapshot;
    private final ReadOptions reading;
    private final ForwardReader imageRefs;
    private final Map<String, ForwardReader> labels = new HashMap<>();

    ViewSnapshot(RocksDB db) {
        this.db = db;
        this.snapshot = db.getSnapshot();
        // A scan of hundreds of megabytes would leave nothing else in the cache.
        this.reading = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
        this.imageRefs = new ForwardReader(db, reading);
    }

    /**
     * The reference of one rank of one class; where several images claim it, that of the smallest
     * image id.
     */
    public Optional<ImageRef> imageRef(
            String dataset, String version, String source, int imageClass, int rank) {
        String prefix = ViewKeys.refPrefix(dataset, version, source, rank, imageClass);
        return imageRefs.first(ViewKeys.bytes(prefix)).map(ViewSnapshot::imageRef);
    }

    /** The label that a labelling gives an image itself. */
    public Optional<SoftLabel> label(String labellingId, ImageRef image) {
        return label(labellingId, key(labellingId, image));
    }

    /** The label that a labelling gives one view of an image, numbered from 0. */
    public Optional<SoftLabel> label(String labellingId, ImageRef image, int view) {
        return label(labellingId, ViewKeys.viewLabel(key(labellingId, image), view));
    }

    private static String key(String labellingId, ImageRef image) {
        return ViewKeys.label(
                image.getDataset(),
                image.getSource(),
                labellingId,
                image.getRank(),
                image.getImageClass(),
                image.getImageId());
    }

    private Optional<SoftLabel> label(String labellingId, String key) {
        return labels.computeIfAbsent(labellingId, id -> new ForwardReader(db, reading))
                .get(ViewKeys.bytes(key))
                .map(ViewSnapshot::label);
    }

    @Override
    public void close() {
        imageRefs.close();
        labels.values().forEach(ForwardReader::close);
        reading.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
    }

    private static ImageRef imageRef(byte[] stored) {
        try {
            return ImageRef.fromByteBuffer(ByteBuffer.wrap(stored));
        } catch (IOException e) {
            throw new ViewException("the label view holds a broken reference", e);
        }
    }

    private static SoftLabel label(byte[] stored) {
        try {
            return SoftLabel.fromByteBuffer(ByteBuffer.wrap(stored));
        } catch (IOException e) {
            throw new ViewException("the label view holds a broken label", e);
        }
    }
}
