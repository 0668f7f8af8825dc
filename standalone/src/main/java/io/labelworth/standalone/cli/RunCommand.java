package io.labelworth.standalone.cli;

import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.experiment.DryRun;
import io.labelworth.standalone.experiment.ExperimentFile;
import io.labelworth.standalone.experiment.ExperimentFiles;
import io.labelworth.standalone.experiment.ExperimentWatch;
import io.labelworth.standalone.experiment.Experiments;
import io.labelworth.standalone.experiment.FailedRuns;
import io.labelworth.standalone.experiment.FileSize;
import io.labelworth.standalone.experiment.FlowMonitor;
import io.labelworth.standalone.experiment.RunStates;
import io.labelworth.standalone.experiment.Submission;
import io.labelworth.standalone.results.ResultsTable;
import io.labelworth.standalone.results.ResultsWait;
import io.labelworth.standalone.terminal.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code labelworth run}: hands an experiment to the planner and prints its id. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Submit an experiment; prints its id.")
final class RunCommand extends ClusterCommand {

    @Parameters(paramLabel = "EXPERIMENT.yaml", description = "experiment file")
    private Path file;

    @Option(
            names = "--size",
            paramLabel = "quick|full",
            description = "which size of the experiment; quick where the file has sizes")
    private FileSize size;

    @Option(
            names = "--dry-run",
            description = "show which runs it would be and how long they take, submit nothing")
    private boolean dryRun;

    @Option(names = "--wait", description = "wait for all runs and show the results")
    private boolean wait;

    @Option(names = "--retry-failed", description = "try its runs that failed once more")
    private boolean retryFailed;

    @Override
    void run(KafkaConnection connection) throws Exception {
        ExperimentFile experimentFile = ExperimentFiles.read(file, size);
        DatasetInfo dataset = new Datasets().info(experimentFile.dataset());
        Submission submission = new Submission(connection);
        Clock clock = Clock.systemUTC();
        Experiment experiment =
                Experiments.event(
                        experimentFile,
                        dataset.version(),
                        submission.checkpoints(experimentFile),
                        clock.instant());
        Map<String, ExpertCheckpoint> announced = submission.announced();
        if (dryRun) {
            RunStates states = RunStates.of(connection.consumers());
            System.out.print(new DryRun(experiment, dataset, announced, states).render());
            return;
        }
        FlowMonitor monitor = new FlowMonitor(connection.consumers(), clock);
        ExperimentWatch watch = new ExperimentWatch(experiment, dataset, announced, monitor);
        if (wait) {
            requireLanded(experiment, announced.keySet());
        }
        submission.submit(experiment);
        System.out.println(experiment.getExperimentId());
        if (retryFailed) {
            int asked = FailedRuns.retry(connection, watch.runIds(), clock.instant());
            System.err.println(asked + " failed runs are tried again");
        }
        if (wait) {
            await(connection, watch, monitor);
        }
    }

    private static void requireLanded(Experiment experiment, Set<String> announced) {
        List<String> missing =
                Stream.concat(
                                experiment.getCheckpoints().stream(),
                                experiment.getEnsembles().stream().flatMap(List::stream))
                        .distinct()
                        .filter(id -> !announced.contains(id))
                        .toList();
        if (!missing.isEmpty()) {
            throw new UserException(
                    "cannot wait for runs of checkpoints that are not announced yet: "
                            + missing
                            + "; run without --wait, the planner starts them as they land");
        }
    }

    private static void await(
            KafkaConnection connection, ExperimentWatch watch, FlowMonitor monitor)
            throws Exception {
        try (ServiceLoop watching = new ServiceLoop("monitor", monitor)) {
            watching.start();
            Runnable check =
                    () -> {
                        if (!watching.health().up()) {
                            throw new UserException(watching.health().detail());
                        }
                    };
            watch.await(Progress.onStandardError(), check);
            Map<String, String> failures = watch.failures();
            var done = watch.runIds().stream().filter(id -> !failures.containsKey(id)).toList();
            System.out.print(
                    ResultsTable.render(
                            new ResultsWait(connection.consumers()).until(done, check)));
            if (!failures.isEmpty()) {
                var first = failures.entrySet().iterator().next();
                throw new UserException(
                        failures.size()
                                + " runs failed, the first "
                                + first.getKey()
                                + ": "
                                + first.getValue());
            }
        }
    }
}
