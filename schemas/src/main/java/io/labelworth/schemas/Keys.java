package io.labelworth.schemas;

/**
 * Record keys, as the topic table names them. Parts are checked, so that a key splits back into its
 * parts.
 */
public final class Keys {

    private static final int SHORT_DIGITS = 16;

    private Keys() {}

    /** Key of image-refs. */
    public static String imageRef(String dataset, String source, String imageId) {
        return part(dataset) + "/" + part(source) + "/" + part(imageId);
    }

    /** Key of soft-labels for the image itself (no view). */
    public static String softLabel(
            String dataset, String source, String labellingId, String imageId) {
        return part(dataset) + "/" + part(source) + "/" + part(labellingId) + "/" + part(imageId);
    }

    /** Key of soft-labels for one view of an image, numbered from 0. */
    public static String softLabel(
            String dataset, String source, String labellingId, String imageId, int view) {
        return softLabel(dataset, source, labellingId, imageId) + "/" + view;
    }

    /** Key of labeling-progress. */
    public static String progress(String labellingId, int partition) {
        return part(labellingId) + "/" + partition;
    }

    /** Key of dead-letters; {@code labellingId} is null outside labelling. */
    public static String deadLetter(String topic, int partition, long offset, String labellingId) {
        String position = topic + "-" + partition + "-" + offset;
        return labellingId == null ? position : position + "/" + labellingId;
    }

    /** A labelling as group names and logs have it: its first 16 hexadecimal digits. */
    public static String shortLabelling(String labellingId) {
        return labellingId.substring(0, Math.min(SHORT_DIGITS, labellingId.length()));
    }

    /** Consumer group of a labelling over image-refs: lag in any Kafka tool is the work left. */
    public static String labelerGroup(String labellingId) {
        return "labeler." + shortLabelling(labellingId);
    }

    private static String part(String text) {
        if (text.isEmpty() || text.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "a key part must not be empty or hold '/': \"" + text + "\"");
        }
        return text;
    }
}
