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
 * @param classNames what its classes are called, from class 0 on; empty where they have no names
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
        String labelCodec,
        List<String> classNames) {

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

    /** A dataset whose classes have no names. */
    public DatasetInfo(
            String name,
            String version,
            int classes,
            int channels,
            int height,
            int width,
            List<Float> mean,
            List<Float> std,
            String labelCodec) {
        this(name, version, classes, channels, height, width, mean, std, labelCodec, List.of());
    }

    /** Checks the fields against each other. */
    public DatasetInfo {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        classNames = List.copyOf(classNames);
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
        if (!classNames.isEmpty() && classNames.size() != classes) {
            throw new IllegalArgumentException(name + ": every class has a name, or none has");
        }
    }

    /**
     * What a class is called, for example sneaker; its number, as class 7, where it has no name.
     */
    public String className(int imageClass) {
        return classNames.isEmpty() ? "class " + imageClass : classNames.get(imageClass);
    }

    /** Bytes of one image: one per channel and pixel. */
    public int imageBytes() {
        return channels * height * width;
    }
}
