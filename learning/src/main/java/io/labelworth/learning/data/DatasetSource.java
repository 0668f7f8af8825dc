package io.labelworth.learning.data;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A dataset and where its files come from.
 *
 * @param info the dataset
 * @param files its files, uncompressed
 * @param debianPackage the Debian package that holds them, as name and folder
 * @param mirrors folders on the web that hold them with the suffix .gz
 */
public record DatasetSource(
        DatasetInfo info,
        List<SourceFile> files,
        Optional<DebianPackage> debianPackage,
        List<URI> mirrors) {

    /** Copies the lists. */
    public DatasetSource {
        files = List.copyOf(files);
        mirrors = List.copyOf(mirrors);
    }

    /**
     * One file.
     *
     * @param name its name, without .gz
     * @param sha256 hash of its uncompressed content: packagers compress anew
     */
    public record SourceFile(String name, String sha256) {}

    /**
     * A Debian package.
     *
     * @param name its name
     * @param folder absolute folder it installs the files to
     */
    public record DebianPackage(String name, String folder) {}

    /**
     * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, MIT licence): 60,000 training and 10,000 test
     * images, 28 x 28, grey, ten classes. Mean and standard deviation are the paper's code's.
     */
    public static DatasetSource fashionMnist() {
        return new DatasetSource(
                new DatasetInfo(
                        "fashion-mnist",
                        "fashion-mnist-1",
                        10,
                        1,
                        28,
                        28,
                        List.of(0.2861f),
                        List.of(0.3530f),
                        "fp16",
                        List.of(
                                "T-shirt/top",
                                "trouser",
                                "pullover",
                                "dress",
                                "coat",
                                "sandal",
                                "shirt",
                                "sneaker",
                                "bag",
                                "ankle boot")),
                List.of(
                        new SourceFile(
                                IdxDataset.TRAIN_IMAGES,
                                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                        new SourceFile(
                                IdxDataset.TRAIN_LABELS,
                                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                        new SourceFile(
                                IdxDataset.TEST_IMAGES,
                                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                        new SourceFile(
                                IdxDataset.TEST_LABELS,
                                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
                Optional.of(
                        new DebianPackage(
                                "dataset-fashion-mnist", "/usr/share/datasets/fashion-mnist")),
                List.of(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")));
    }
}
