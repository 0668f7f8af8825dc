package io.labelworth.bench.trainer;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;

final class OverheadMeasurement {
    OverheadMeasurement(Workspace workspace, TrainerSizes sizes, Progress progress) {}

    void run(Findings findings) {}
}
