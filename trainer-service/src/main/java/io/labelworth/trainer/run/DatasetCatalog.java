package io.labelworth.trainer.run;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.data.ImageStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The datasets under one data root, each opened, and its files checked, once. */
public final class DatasetCatalog {

    private final Datasets datasets;
    private final Path root;
    private final ImageStore images;
    private final Map<String, Dataset> open = new ConcurrentHashMap<>();

    /** Datasets whose files are under a root. */
    public DatasetCatalog(Datasets datasets, Path root) {
        this.datasets = datasets;
        this.root = root;
        this.images = new ImageStore(root);
    }

    /**
     * What a dataset is; needs none of its files.
     *
     * @throws DatasetException when there is no such dataset
     */
    public DatasetInfo info(String name) {
        return datasets.info(name);
    }

    /** Single images, by the references on the log. */
    public ImageStore images() {
        return images;
    }

    /**
     * A dataset for evaluation.
     *
     * @throws DatasetException when its files are not here, or in another version; another trainer
     *     may have them
     */
    public Dataset dataset(String name, String version) {
        Dataset dataset = open.computeIfAbsent(name, n -> datasets.open(n, root));
        if (!dataset.info().version().equals(version)) {
            throw new DatasetException(
                    "the run needs dataset version "
                            + version
                            + ", this trainer has "
                            + dataset.info().version());
        }
        return dataset;
    }
}
