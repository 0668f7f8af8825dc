package io.labelworth.learning.label;

import io.labelworth.learning.network.FloatTensor;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Safetensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels under the ids of their images: learned ones, or anybody's. On disk it is a safetensors
 * file with one tensor, {@code logits} of shape [images, classes], and metadata: {@code format} is
 * label-table, {@code images} the ids in the order of the rows, with commas between. Its header
 * holds some 80,000 ids.
 */
public final class LabelTable {

    /** Value of {@link #FORMAT} that tells a table from weights. */
    public static final String NAME = "label-table";

    /** Name in the metadata of what a file is. */
    public static final String FORMAT = "format";

    private static final String LOGITS = "logits";
    private static final String IMAGES = "images";
    private static final String SEPARATOR = ",";

    private final Map<String, float[]> labels;
    private final int classes;

    private LabelTable(Map<String, float[]> labels, int classes) {
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * A table.
     *
     * @param imageIds one per row
     * @param logits one row per image, one finite value per class
     * @throws LabelException when they do not fit each other, an id is empty, holds a comma or
     *     comes twice, or a logit is not finite
     */
    public static LabelTable of(List<String> imageIds, float[][] logits) {
        if (imageIds.size() != logits.length || logits.length == 0) {
            throw new LabelException(
                    imageIds.size() + " image ids and " + logits.length + " labels are no table");
        }
        Map<String, float[]> labels = new LinkedHashMap<>();
        for (int i = 0; i < logits.length; i++) {
            String id = imageIds.get(i);
            if (id.isBlank() || id.contains(SEPARATOR)) {
                throw new LabelException("\"" + id + "\" is no image id");
            }
            if (logits[i].length != logits[0].length) {
                throw new LabelException("image " + id + " has another number of classes");
            }
            if (labels.put(id, finite(id, logits[i])) != null) {
                throw new LabelException("image " + id + " has two labels");
            }
        }
        return new LabelTable(labels, logits[0].length);
    }

    /**
     * The table in a file's content.
     *
     * @throws ModelException when it is none
     */
    public static LabelTable decode(byte[] content) {
        Map<String, String> metadata = Safetensors.metadata(content);
        if (!NAME.equals(metadata.get(FORMAT))) {
            throw new ModelException("its metadata do not say that its format is " + NAME);
        }
        Map<String, FloatTensor> tensors = Safetensors.decode(content);
        FloatTensor logits = tensors.get(LOGITS);
        if (logits == null || tensors.size() > 1 || logits.shape().size() != 2) {
            throw new ModelException("a label table has one tensor, logits [images, classes]");
        }
        List<String> ids = List.of(metadata.getOrDefault(IMAGES, "").split(SEPARATOR, -1));
        int classes = logits.shape().get(1);
        if (ids.size() != logits.shape().get(0)) {
            throw new ModelException(
                    String.format(
                            "its metadata name %d images, and logits is for %d",
                            ids.size(), logits.shape().get(0)));
        }
        float[][] rows = new float[ids.size()][classes];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(logits.values(), i * classes, rows[i], 0, classes);
        }
        try {
            return of(ids, rows);
        } catch (LabelException e) {
            throw new ModelException(e.getMessage(), e);
        }
    }

    /** The file content that {@link #decode} takes. */
    public byte[] encode() {
        float[] values = new float[Math.multiplyExact(labels.size(), classes)];
        int filled = 0;
        for (float[] row : labels.values()) {
            System.arraycopy(row, 0, values, filled, classes);
            filled += classes;
        }
        return Safetensors.encode(
                Map.of(LOGITS, new FloatTensor(List.of(labels.size(), classes), values)),
                Map.of(FORMAT, NAME, IMAGES, String.join(SEPARATOR, labels.keySet())));
    }

    /** Ids of the images, in the order of the rows. */
    public List<String> imageIds() {
        return new ArrayList<>(labels.keySet());
    }

    /** Logits per image. */
    public int classes() {
        return classes;
    }

    /** Whether the table has a label of an image. */
    public boolean covers(String imageId) {
        return labels.containsKey(imageId);
    }

    /** Logits of an image that the table covers. */
    public float[] logits(String imageId) {
        return labels.get(imageId).clone();
    }

    /** Bytes of memory that the logits take. */
    public long bytes() {
        return (long) labels.size() * classes * Float.BYTES;
    }

    private static float[] finite(String imageId, float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new LabelException("image " + imageId + " has the logit " + logit);
            }
        }
        return logits;
    }
}
