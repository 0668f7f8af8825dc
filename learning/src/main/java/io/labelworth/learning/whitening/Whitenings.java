package io.labelworth.learning.whitening;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFile;
import io.labelworth.learning.network.Whitening;
import io.labelworth.learning.network.Zca;
import io.labelworth.learning.text.Decimals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whitenings of datasets, each fitted once and kept beside the dataset's files: the whitening under
 * its hash, and the hash under {@code zca-<eps>-<dataset version>.sha256}. What is kept and is not
 * what its hash says is fitted again. Processes that fit one at once write the same.
 */
public final class Whitenings {

    private static final Logger log = LoggerFactory.getLogger(Whitenings.class);

    private Whitenings() {}

    /**
     * The whitening of a dataset.
     *
     * @param eps added to every variance; 0 for no whitening
     */
    public static synchronized Optional<Whitening> of(Dataset dataset, double eps) {
        if (eps == 0) {
            return Optional.empty();
        }
        Optional<Path> folder = dataset.folder();
        Optional<Whitening> kept = folder.flatMap(there -> read(there, dataset.info(), eps));
        return kept.or(() -> Optional.of(fit(dataset, eps, folder)));
    }

    /** What networks of {@code dataset} see through {@code whitening}. */
    public static Preprocessing preprocessing(DatasetInfo dataset, Optional<Whitening> whitening) {
        Preprocessing normalized = Preprocessing.of(dataset);
        return whitening.map(fitted -> normalized.whitened(fitted.zca())).orElse(normalized);
    }

    private static Whitening fit(Dataset dataset, double eps, Optional<Path> folder) {
        long started = System.nanoTime();
        Whitening fitted = ZcaFit.of(dataset, eps);
        log.info(
                "dataset={} zca eps={} fitted in {} s",
                dataset.info().name(),
                eps,
                String.format("%.1f", (System.nanoTime() - started) / 1e9));
        folder.ifPresent(there -> keep(fitted, there, dataset.info()));
        return fitted;
    }

    private static Optional<Whitening> read(Path folder, DatasetInfo dataset, double eps) {
        Path hash = folder.resolve(hashFile(dataset, eps));
        try {
            Zca zca = new Zca(eps, Files.readString(hash));
            Whitening whitening = Whitening.read(folder, zca);
            return Optional.of(whitening).filter(w -> w.floats() == dataset.imageBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | ModelException e) {
            log.warn("a whitening kept cannot be used and is fitted again: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps a whitening where that can be done; a folder may well be read-only. */
    private static void keep(Whitening whitening, Path folder, DatasetInfo dataset) {
        try {
            whitening.write(folder);
            WeightsFile.writeAtomically(
                    folder.resolve(hashFile(dataset, whitening.zca().eps())),
                    whitening.zca().sha256().getBytes(StandardCharsets.UTF_8));
        } catch (ModelException e) {
            log.warn("a whitening is not kept and will be fitted again: {}", e.getMessage());
        }
    }

    private static String hashFile(DatasetInfo dataset, double eps) {
        return "zca-" + Decimals.text(eps) + "-" + dataset.version() + ".sha256";
    }
}
