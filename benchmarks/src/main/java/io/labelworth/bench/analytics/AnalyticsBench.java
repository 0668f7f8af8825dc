package io.labelworth.bench.analytics;

import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.report.Target;
import io.labelworth.standalone.terminal.Progress;
import java.util.List;
import java.util.Set;

/** The measurements of {@code bench analytics}, one after the other, never two at a time. */
public final class AnalyticsBench {

    /** What the analytics at full strength reach. */
    public static final List<Target> TARGETS =
            List.of(
                    new Target(
                            EventsMeasurement.RATE,
                            "results per second, exactly once, 2 cores",
                            true,
                            5000),
                    new Target(
                            GrowthMeasurement.GROWTH,
                            "time per result at a million over ten thousand",
                            false,
                            1.2),
                    new Target(
                            EventToBrowser.P99,
                            "result to browser, 99% within, ms, 50/s",
                            false,
                            1000),
                    new Target(
                            FiftyDashboards.CORES,
                            "cores of the service, 50 dashboards, 50/s",
                            false,
                            0.5),
                    new Target(
                            PageMeasurement.READY,
                            "overview over 10,000 runs, ms until usable",
                            false,
                            2000));

    private final Workspace workspace;
    private final AnalyticsSizes sizes;
    private final Progress progress;

    /** Measurements in one workspace. */
    public AnalyticsBench(Workspace workspace, AnalyticsSizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws io.labelworth.standalone.cli.UserException when something measured fails
     */
    public Findings run(Set<AnalyticsMeasurement> wanted) throws InterruptedException {
        Findings findings = new Findings();
        if (wanted.contains(AnalyticsMeasurement.EVENTS)) {
            new EventsMeasurement(workspace, sizes, progress).run(findings);
        }
        if (wanted.contains(AnalyticsMeasurement.GROWTH)) {
            new GrowthMeasurement(workspace, sizes, progress).run(findings);
        }
        if (wanted.contains(AnalyticsMeasurement.BROWSER)) {
            new EventToBrowser(workspace, sizes.steadySeconds(), progress).run(findings);
        }
        if (wanted.contains(AnalyticsMeasurement.DASHBOARDS)) {
            new FiftyDashboards(workspace, sizes.steadySeconds(), progress).run(findings);
        }
        if (wanted.contains(AnalyticsMeasurement.PAGE)) {
            new PageMeasurement(workspace, progress).run(findings);
        }
        return findings;
    }
}
