package io.labelworth.labeler;

import io.labelworth.kafka.ServiceLoop;
import io.labelworth.labeler.LabelerMetrics.CheckpointLag;
import java.time.Duration;

/** Keeps the lag of every served checkpoint among the metrics. */
final class LagMeter implements ServiceLoop.Work {

    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final CheckpointBoard board;
    private final Backlog backlog;
    private final LabelerMetrics metrics;
    private final Pause pause = new Pause();

    LagMeter(CheckpointBoard board, Backlog backlog, LabelerMetrics metrics) {
        this.board = board;
        this.backlog = backlog;
        this.metrics = metrics;
    }

    @Override
    public void step() {
        metrics.lags(
                board.served().stream()
                        .map(
                                served ->
                                        new CheckpointLag(
                                                served.checkpointId(),
                                                backlog.lag(served.labellingId())))
                        .toList());
        pause.take(REFRESH);
    }

    @Override
    public void wakeup() {
        pause.end();
    }
}
