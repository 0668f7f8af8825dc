package io.labelworth.trainer.view;

import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Image references and soft labels on local disk. Of records with the same key the first one added
 * stays: topics are read in offset order, so the lowest offset wins. Every addition moves the
 * position in the same write batch. Safe for use by several threads; additions to one partition (or
 * one labelling) are made by one thread at a time.
 */
public final class LabelView implements AutoCloseable {

    private static final long WRITE_BUFFER_BYTES = 16L << 20;

    private static final long WAIT_MILLIS = 100;

    private final Options options;
    private final WriteOptions durable = new WriteOptions();
    private final RocksDB db;
    private final Object moved = new Object();

    private LabelView(Options options, RocksDB db) {
        this.options = options;
        this.db = db;
    }

    /**
     * Opens the view, empty when there is none or when it was built from topics that have been
     * recreated since.
     *
     * @param directory where it lives; one process at a time
     * @param topicIds UUID of each topic it is built from, by name
     * @throws ViewException when the directory is in use or cannot be written
     */
    public static LabelView open(Path directory, Map<String, String> topicIds) {
        RocksDB.loadLibrary();
        Options options =
                new Options().setCreateIfMissing(true).setWriteBufferSize(WRITE_BUFFER_BYTES);
        try {
            Files.createDirectories(directory);
            LabelView view = new LabelView(options, RocksDB.open(options, directory.toString()));
            if (!view.isBuiltFrom(topicIds)) {
                view.db.close();
                RocksDB.destroyDB(directory.toString(), options);
                view = new LabelView(options, RocksDB.open(options, directory.toString()));
            }
            for (var topic : topicIds.entrySet()) {
                view.db.put(key(ViewKeys.topicId(topic.getKey())), key(topic.getValue()));
            }
            return view;
        } catch (RocksDBException | IOException e) {
            options.close();
            throw new ViewException(
                    "cannot open the label view in "
                            + directory
                            + " ("
                            + e.getMessage()
                            + "); give each trainer a LABELWORTH_STATE_DIR of its own that it can write",
                    e);
        }
    }

    private boolean isBuiltFrom(Map<String, String> topicIds) throws RocksDBException {
        for (var topic : topicIds.entrySet()) {
            byte[] stored = db.get(key(ViewKeys.topicId(topic.getKey())));
            if (stored != null && !topic.getValue().equals(text(stored))) {
                return false;
            }
        }
        return true;
    }

    /** Next offset of image-refs to read on a partition; 0 at first. */
    public long imageRefPosition(int partition) {
        byte[] stored = get(ViewKeys.imageRefPosition(partition));
        return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    /** Adds references of one partition, in offset order, and moves its position. */
    public void addImageRefs(int partition, List<ImageRef> refs, long nextOffset) {
        Map<String, byte[]> added = new HashMap<>();
        for (ImageRef ref : refs) {
            String place =
                    ViewKeys.refPrefix(
                            ref.getDataset(),
                            ref.getDatasetVersion(),
                            ref.getSource(),
                            ref.getRank(),
                            ref.getImageClass());
            added.putIfAbsent(place + ref.getImageId(), encoded(ref::toByteBuffer));
        }
        write(added, ViewKeys.imageRefPosition(partition), longs(nextOffset), Set.of());
        synchronized (moved) {
            moved.notifyAll();
        }
    }

    /** Waits until every reference below an offset has been added; says whether it came to that. */
    boolean awaitImageRefs(int partition, long offset, Deadline deadline)
            throws InterruptedException {
        synchronized (moved) {
            while (imageRefPosition(partition) < offset) {
                if (deadline.passed()) {
                    return false;
                }
                moved.wait(WAIT_MILLIS);
            }
            return true;
        }
    }

    /** What has been loaded of a labelling on a partition. */
    public Optional<LabelRange> loaded(String labellingId, int partition) {
        return Optional.ofNullable(get(ViewKeys.range(labellingId, partition)))
                .map(ByteBuffer::wrap)
                .map(stored -> new LabelRange(stored.getLong(), stored.getLong()));
    }

    /** Labellings of which something is loaded. */
    public Set<String> labellings() {
        String prefix = ViewKeys.rangePrefix();
        Set<String> found = new LinkedHashSet<>();
        try (RocksIterator entries = db.newIterator()) {
            for (entries.seek(key(prefix)); entries.isValid(); entries.next()) {
                String entry = text(entries.key());
                if (!entry.startsWith(prefix)) {
                    break;
                }
                found.add(entry.substring(prefix.length(), entry.lastIndexOf('/')));
            }
        }
        return found;
    }

    /** Adds labels of one labelling and partition, in offset order, and the range now searched. */
    public void addLabels(
            String labellingId, int partition, List<SoftLabel> labels, LabelRange searched) {
        Map<String, byte[]> added = new HashMap<>();
        Set<String> homes = new LinkedHashSet<>();
        for (SoftLabel label : labels) {
            String place =
                    ViewKeys.label(
                            label.getDataset(),
                            label.getSource(),
                            labellingId,
                            label.getRank(),
                            label.getImageClass(),
                            label.getImageId());
            String key =
                    label.getView() == null ? place : ViewKeys.viewLabel(place, label.getView());
            added.putIfAbsent(key, encoded(label::toByteBuffer));
            homes.add(ViewKeys.home(labellingId, label.getDataset(), label.getSource()));
        }
        String range = ViewKeys.range(labellingId, partition);
        write(added, range, longs(searched.first(), searched.next()), homes);
    }

    /** Forgets a labelling; snapshots taken before still show it. */
    public void drop(String labellingId) {
        String homePrefix = ViewKeys.homePrefix(labellingId);
        String rangePrefix = ViewKeys.rangePrefix() + labellingId + "/";
        try (RocksIterator homes = db.newIterator();
                WriteBatch batch = new WriteBatch()) {
            for (homes.seek(key(homePrefix)); homes.isValid(); homes.next()) {
                String home = text(homes.key());
                if (!home.startsWith(homePrefix)) {
                    break;
                }
                String[] place = home.substring(homePrefix.length()).split("/");
                String labels = ViewKeys.labellingPrefix(place[0], place[1], labellingId);
                batch.deleteRange(key(labels), ViewKeys.after(labels));
            }
            batch.deleteRange(key(homePrefix), ViewKeys.after(homePrefix));
            batch.deleteRange(key(rangePrefix), ViewKeys.after(rangePrefix));
            db.write(durable, batch);
        } catch (RocksDBException e) {
            throw unusable(e);
        }
    }

    /** The view as it is now, whatever is added or dropped later. */
    public ViewSnapshot snapshot() {
        return new ViewSnapshot(db);
    }

    @Override
    public void close() {
        db.close();
        durable.close();
        options.close();
    }

    private void write(
            Map<String, byte[]> firstOnes, String position, byte[] moved, Set<String> marks) {
        try (WriteBatch batch = new WriteBatch()) {
            for (var entry : firstOnes.entrySet()) {
                byte[] entryKey = key(entry.getKey());
                if (db.get(entryKey) == null) {
                    batch.put(entryKey, entry.getValue());
                }
            }
            for (String mark : marks) {
                batch.put(key(mark), new byte[0]);
            }
            batch.put(key(position), moved);
            db.write(durable, batch);
        } catch (RocksDBException e) {
            throw unusable(e);
        }
    }

    private byte[] get(String stored) {
        try {
            return db.get(key(stored));
        } catch (RocksDBException e) {
            throw unusable(e);
        }
    }

    private interface Encoding {
        ByteBuffer bytes() throws IOException;
    }

    private static byte[] encoded(Encoding event) {
        try {
            ByteBuffer buffer = event.bytes();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new ViewException("an event cannot be encoded: " + e.getMessage(), e);
        }
    }

    private static ViewException unusable(RocksDBException e) {
        return new ViewException("the label view failed: " + e.getMessage(), e);
    }

    private static byte[] longs(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * values.length);
        for (long value : values) {
            buffer.putLong(value);
        }
        return buffer.array();
    }

    private static byte[] key(String text) {
        return ViewKeys.bytes(text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
