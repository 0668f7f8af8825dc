package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** How much of an experiment to run, where its file tells sizes apart. */
public enum FileSize {
    /** Minutes on two cores: whether it works, and which way it points. */
    QUICK,
    /** Every value of the sweep, with more budgets and seeds. */
    FULL;

    /** Key of a file that has the sizes. */
    static final String KEY = "sizes";

    /** Its key in a file. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The experiment of one size: each key that the size has is instead of the file's.
     *
     * @param chosen null for the default: quick, where the file has sizes
     * @throws io.labelworth.kafka.ConfigurationException when the file has no such size
     */
    static ObjectNode of(LocatedYaml file, ObjectNode whole, FileSize chosen) {
        ObjectNode experiment = whole.objectNode();
        experiment.setAll(whole);
        file.derived(experiment, whole);
        ObjectNode sizes = (ObjectNode) experiment.remove(KEY);
        if (sizes == null && chosen == null) {
            return experiment;
        }
        String key = (chosen == null ? QUICK : chosen).key();
        if (sizes == null || !sizes.has(key)) {
            throw file.error(file.line(whole, KEY), "it has no size " + key);
        }
        ObjectNode size = (ObjectNode) sizes.get(key);
        experiment.setAll(size);
        file.derived(experiment, size);
        return experiment;
    }
}
