package io.labelworth.standalone.terminal;

import io.labelworth.learning.training.CheckpointFile;
import io.labelworth.learning.training.ExpertListener;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows an expert's training: a bar over its steps, a line per checkpoint. */
public final class ExpertProgress implements ExpertListener, AutoCloseable {

    private final Progress progress;
    private final Supplier<String> beside;
    private Progress.Stage stage;

    /**
     * Progress shown on the given screen.
     *
     * @param beside what else goes on meanwhile; may be empty text
     */
    public ExpertProgress(Progress progress, Supplier<String> beside) {
        this.progress = progress;
        this.beside = beside;
    }

    @Override
    public void onStep(int step, int steps, double loss) {
        if (stage == null) {
            stage = progress.stage("expert", steps);
        }
        stage.at(step, String.format(Locale.ROOT, "loss %.3f %s", loss, beside.get()));
    }

    @Override
    public void onCheckpoint(CheckpointFile checkpoint) {
        progress.line(
                String.format(
                        Locale.ROOT,
                        "checkpoint at step %d (epoch %.3f): validation %.1f%%, label entropy %.2f nats",
                        checkpoint.step(),
                        checkpoint.epoch(),
                        100 * checkpoint.validationAccuracy(),
                        checkpoint.labelEntropy()));
    }

    @Override
    public void close() {
        if (stage != null) {
            stage.close();
        }
    }
}
