package io.labelworth.labeler.announce;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.learning.view.Views;
import java.util.regex.Pattern;

/**
 * Names of checkpoints: {@code <run>/step-<step, 8 digits>}, and {@code @<views>} where they label
 * views.
 */
public final class CheckpointIds {

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private CheckpointIds() {}

    /** The id of a run's checkpoint, known before the run has reached it. */
    public static String of(String run, long step) {
        return String.format("%s/step-%08d", run, step);
    }

    /** The id of a checkpoint of {@code checkpointId} that labels views of the images. */
    static String ofViews(String checkpointId, Views views) {
        return checkpointId + "@" + views.text().replaceAll("[(,=]", "-").replaceAll("[)]", "");
    }

    /**
     * Checks a run's name: it is part of keys and paths.
     *
     * @throws ConfigurationException when it holds anything but letters, digits, '.', '_' and '-'
     */
    public static String requireRun(String run) {
        if (!RUN.matcher(run).matches()) {
            throw new ConfigurationException(
                    "a run's name is 1 to 100 letters, digits, '.', '_' or '-', not \""
                            + run
                            + "\"");
        }
        return run;
    }
}
