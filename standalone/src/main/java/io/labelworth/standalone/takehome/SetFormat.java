package io.labelworth.standalone.takehome;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.training.TrainingSetFile;
import io.labelworth.learning.view.ImagePlace;
import io.labelworth.trainer.assembly.AssembledSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** How a set is written. */
public enum SetFormat {

    /** One file of NumPy arrays, {@code set.npz}. */
    NPZ {
        @Override
        void write(AssembledSet set, DatasetInfo dataset, Path folder) throws IOException {
            TrainingSetFile.npz(set.set(), classes(set), dataset, folder.resolve("set.npz"));
        }
    },

    /** One safetensors file, {@code set.safetensors}. */
    SAFETENSORS {
        @Override
        void write(AssembledSet set, DatasetInfo dataset, Path folder) throws IOException {
            TrainingSetFile.safetensors(
                    set.set(), classes(set), dataset, folder.resolve("set.safetensors"));
        }
    },

    /** A PNG per image in a folder per class, {@code labels.csv} beside them. */
    IMAGE_FOLDER {
        @Override
        void write(AssembledSet set, DatasetInfo dataset, Path folder) throws IOException {
            ImageFolder.write(set, dataset, folder);
        }
    };

    /** Writes pixels, classes and labels of a set to a folder that is there. */
    abstract void write(AssembledSet set, DatasetInfo dataset, Path folder) throws IOException;

    private static long[] classes(AssembledSet set) {
        return set.places().stream().mapToLong(ImagePlace::imageClass).toArray();
    }

    /** As a command line has it, for example {@code image-folder}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
