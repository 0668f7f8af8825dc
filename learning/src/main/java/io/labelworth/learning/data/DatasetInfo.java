package io.labelworth.learning.data;

import java.util.List;

/**
 * What a dataset is, without its images.
 *
 * @param name short name, also its folder under the data root; holds no '/'
 * @param version decides the files' content, the ranking of candidates and the validation split;
 *     unique across datasets
 * @param classes number of classes
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 * @param mean per channel, of pixels scaled to [0, 1]
 * @param std per channel, of pixels scaled to [0, 1]
 * @param labelCodec how its labels are stored unless somebody chooses otherwise, as text, for
 *     example fp16 or topk-fp16(k=10); see {@code LabelCodecs.parse}
 */
public record DatasetInfo(
        String name,
        String version,
        int classes,
        int channels,
        int height,
        int width,
        List<Float> mean,
        List<Float> std,
        String labelCodec) {

    private static final String FP16 = "fp16";

    /** A dataset whose labels are stored as fp16: 2 bytes per class, whatever is done with them. */
    public DatasetInfo(
            String name,
            String version,
            int classes,
            int channels,
            int height,
            int width,
            List<Float> mean,
            List<Float> std) {
        this(name, version, classes, channels, height, width, mean, std, FP16);
    }

    /** Checks the fields against each other. */
    public DatasetInfo {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (name.isBlank() || name.indexOf('/') >= 0 || version.isBlank()) {
            throw new IllegalArgumentException("a dataset needs a name without '/' and a version");
        }
        if (classes < 2 || channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    name + ": needs two classes or more, and images that are not empty");
        }
        if (mean.size() != channels || std.size() != channels) {
            throw new IllegalArgumentException(name + ": mean and std are per channel");
        }
    }

    /** Bytes of one image: one per channel and pixel. */
    public int imageBytes() {
        return channels * height * width;
    }
}
