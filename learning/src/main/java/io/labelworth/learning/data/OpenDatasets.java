package io.labelworth.learning.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The datasets under one root by name, each opened, and its files checked, when it is first asked
 * for. Safe to share between threads.
 */
public final class OpenDatasets implements Function<String, Dataset> {

    private final Datasets datasets;
    private final Path root;
    private final Map<String, Dataset> open = new ConcurrentHashMap<>();

    /** Datasets of a catalogue whose files are under {@code root}. */
    public OpenDatasets(Datasets datasets, Path root) {
        this.datasets = datasets;
        this.root = root;
    }

    /**
     * The dataset called {@code name}.
     *
     * @throws DatasetException when there is none, or its files are not here or not what they
     *     should be
     */
    @Override
    public Dataset apply(String name) {
        return open.computeIfAbsent(name, unopened -> datasets.open(unopened, root));
    }
}
