package io.labelworth.bench.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a step spends outside the network's forward and backward pass: normalising, augmentation,
 * optimiser, bookkeeping.
 */
final class OverheadMeasurement {

    static final String SHARE = "share";
    static final String MILLIS = "millis";

    private static final int WIDE = 128;
    private static final int NARROW = 32;
    private static final int SMALL_BATCH = 10;

    private final Workspace workspace;
    private final TrainerSizes sizes;
    private final Progress progress;

    OverheadMeasurement(Workspace workspace, TrainerSizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    void run(Findings findings) {
        List<Double> shares = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        for (int repetition = 1; repetition <= sizes.repetitions(); repetition++) {
            shares.add(measure(TrainerSizes.BATCH, WIDE).get(SHARE).asDouble());
            millis.add(measure(SMALL_BATCH, NARROW).get(MILLIS).asDouble());
            progress.line(
                    String.format(
                            Locale.ROOT,
                            "overhead, repetition %d of %d: %.2f%% of a step at width 128 and batch"
                                    + " 256, %.3f ms at width 32 and batch 10",
                            repetition,
                            sizes.repetitions(),
                            100 * shares.get(repetition - 1),
                            millis.get(repetition - 1)));
        }
        findings.figure("overheadShare", new Figure(shares));
        findings.figure("overheadMillis", new Figure(millis));
    }

    private JsonNode measure(int images, int width) {
        List<String> arguments =
                List.of(
                        Integer.toString(images),
                        Integer.toString(width),
                        Double.toString(sizes.warmUp().toMillis() / 1000.0),
                        Double.toString(sizes.window().toMillis() / 1000.0));
        return Once.run(workspace, "overhead", OverheadMain.class, List.of(), arguments);
    }
}
