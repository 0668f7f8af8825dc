package io.labelworth.trainer.worker;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Torch;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.training.CancelledException;
import io.labelworth.learning.training.StudentResult;
import io.labelworth.learning.training.StudentTraining;
import io.labelworth.learning.training.TrainingException;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.assembly.AssembledSet;
import io.labelworth.trainer.assembly.SetAssembler;
import io.labelworth.trainer.run.DatasetCatalog;
import io.labelworth.trainer.run.RunFailedException;
import io.labelworth.trainer.view.PinnedView;
import io.labelworth.trainer.view.ViewException;
import io.labelworth.trainer.view.ViewSnapshot;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the run's labels, assembles its set, trains the student, and says how good it is. */
public final class StudentRunExecutor implements RunExecutor {

    private static final Logger log = LoggerFactory.getLogger(StudentRunExecutor.class);

    private final PinnedView view;
    private final DatasetCatalog datasets;
    private final SetAssembler assembler;
    private final ComputeDevice device;
    private final TrainerMetrics metrics;
    private final Clock clock;

    /** Executes runs on what a label view and a data root hold, and trains on one device. */
    public StudentRunExecutor(
            PinnedView view,
            DatasetCatalog datasets,
            ComputeDevice device,
            TrainerMetrics metrics,
            Clock clock) {
        this.view = view;
        this.datasets = datasets;
        this.assembler = new SetAssembler(datasets.images());
        this.device = device;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Outcome execute(TrainingRun run, RunProgress progress) throws InterruptedException {
        try {
            return train(run, parse(run), progress);
        } catch (RunFailedException | TrainingException | ModelException | LabelException e) {
            return new Outcome.Failed(e.getMessage());
        } catch (CancelledException e) {
            log.debug("abandoned run={}: {}", run.getRunId(), e.getMessage());
            return new Outcome.Abandoned();
        } catch (ViewException e) {
            if (progress.abandoned()) {
                return new Outcome.Abandoned();
            }
            throw e;
        }
    }

    private Outcome train(TrainingRun run, RunSpec spec, RunProgress progress)
            throws InterruptedException {
        Dataset dataset = datasets.dataset(spec.dataset(), spec.datasetVersion());
        AssembledSet set = assemble(run, spec, dataset, progress);
        // From here on it trains; until then it waits, as whoever asks for its steps is told.
        progress.steps(spec.recipe().steps());
        AccuracyEvents events = new AccuracyEvents(run, spec, set, device, clock);
        String fingerprint = Torch.deviceFingerprint(device);
        StudentResult result =
                StudentTraining.run(
                        spec,
                        set.set(),
                        dataset,
                        device,
                        (step, loss, point) -> {
                            progress.step(step);
                            metrics.step();
                            if (step < spec.recipe().steps()) {
                                point.ifPresent(p -> progress.point(events.point(p, fingerprint)));
                            }
                        },
                        progress::abandoned);
        return new Outcome.Finished(set.manifest(), events.result(result));
    }

    private AssembledSet assemble(
            TrainingRun run, RunSpec spec, Dataset dataset, RunProgress progress)
            throws InterruptedException {
        try (ViewSnapshot snapshot = awaitLabels(run, progress)) {
            long started = System.nanoTime();
            AssembledSet set = assembler.assemble(run, spec, dataset.info(), snapshot);
            metrics.assembled(System.nanoTime() - started);
            return set;
        }
    }

    private ViewSnapshot awaitLabels(TrainingRun run, RunProgress progress)
            throws InterruptedException {
        long started = System.nanoTime();
        metrics.waits();
        try {
            return view.await(run, progress::abandoned);
        } finally {
            metrics.waited(System.nanoTime() - started);
        }
    }

    private static RunSpec parse(TrainingRun run) {
        RunSpec spec;
        try {
            spec = RunSpec.parse(run.getSpec());
        } catch (IllegalArgumentException e) {
            throw new RunFailedException(e.getMessage(), e);
        }
        if (!spec.runId().equals(run.getRunId())) {
            throw new RunFailedException("the run id is not the hash of its spec");
        }
        return spec;
    }
}
