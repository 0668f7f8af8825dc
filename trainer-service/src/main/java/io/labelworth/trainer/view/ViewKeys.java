package io.labelworth.trainer.view;

import java.nio.charset.StandardCharsets;

/**
 * Keys of the view, as text. Numbers are padded with zeros, so that the order of bytes is the order
 * of numbers: a budget of n images per class is the range rank &lt; n.
 */
final class ViewKeys {

    private static final String REFS = "r/";
    private static final String LABELS = "l/";
    private static final String HOMES = "h/";
    private static final String RANGES = "m/range/";
    private static final int RANK_DIGITS = 8;
    private static final int CLASS_DIGITS = 6;
    private static final int VIEW_DIGITS = 4;

    private ViewKeys() {}

    /** Prefix of the references of one rank of one class; the image id follows. */
    static String refPrefix(
            String dataset, String version, String source, int rank, int imageClass) {
        return REFS + dataset + "/" + version + "/" + source + "/" + place(rank, imageClass);
    }

    /** Prefix of all labels of a labelling. */
    static String labellingPrefix(String dataset, String source, String labellingId) {
        return LABELS + dataset + "/" + source + "/" + labellingId + "/";
    }

    /** Key of one label. */
    static String label(
            String dataset,
            String source,
            String labellingId,
            int rank,
            int imageClass,
            String imageId) {
        return labellingPrefix(dataset, source, labellingId) + place(rank, imageClass) + imageId;
    }

    /** Key of the label of one view, below its image's and in the order of views. */
    static String viewLabel(String label, int view) {
        StringBuilder key = new StringBuilder(label).append('/');
        padded(key, view, VIEW_DIGITS);
        return key.toString();
    }

    /** Remembers that a labelling has labels of a dataset and source. */
    static String home(String labellingId, String dataset, String source) {
        return homePrefix(labellingId) + dataset + "/" + source;
    }

    /** Prefix of a labelling's homes; dataset/source follows. */
    static String homePrefix(String labellingId) {
        return HOMES + labellingId + "/";
    }

    /** Next offset of image-refs to read. */
    static String imageRefPosition(int partition) {
        return "m/image-refs/" + partition;
    }

    /** Prefix of the loaded label ranges; labelling id/partition follows. */
    static String rangePrefix() {
        return RANGES;
    }

    /** Loaded range of a labelling on a partition. */
    static String range(String labellingId, int partition) {
        return RANGES + labellingId + "/" + partition;
    }

    /** UUID of a topic the view was built from. */
    static String topicId(String topic) {
        return "m/topic/" + topic;
    }

    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The first key after all keys with a prefix that ends in '/'. */
    static byte[] after(String prefix) {
        byte[] end = bytes(prefix);
        end[end.length - 1]++;
        return end;
    }

    private static String place(int rank, int imageClass) {
        StringBuilder place = new StringBuilder(RANK_DIGITS + CLASS_DIGITS + 2);
        padded(place, rank, RANK_DIGITS);
        padded(place, imageClass, CLASS_DIGITS);
        return place.toString();
    }

    /** String.format would take a microsecond for each of a set's hundred thousands of keys. */
    private static void padded(StringBuilder text, int number, int digits) {
        String plain = Integer.toString(number);
        text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain).append('/');
    }
}
