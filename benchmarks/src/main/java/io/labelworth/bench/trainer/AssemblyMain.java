package io.labelworth.bench.trainer;

import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.schemas.event.TrainingRun;
import io.labelworth.trainer.assembly.AssembledSet;
import io.labelworth.trainer.assembly.SetAssembler;
import io.labelworth.trainer.view.LabelView;
import io.labelworth.trainer.view.ViewSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Assembles one set in a JVM of its own, and prints what that took. */
public final class AssemblyMain {

    private AssemblyMain() {}

    /**
     * @param args directory of {@link BenchView}, classes, images per class
     */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        int classes = Integer.parseInt(args[1]);
        RunSpec spec = BenchView.spec(Integer.parseInt(args[2]));
        try (LabelView view = BenchView.open(directory);
                ViewSnapshot snapshot = view.snapshot()) {
            HeapWatch heap = new HeapWatch();
            long started = System.nanoTime();
            AssembledSet set =
                    new SetAssembler(new ImageStore(directory))
                            .assemble(run(spec), spec, BenchView.dataset(classes), snapshot);
            double seconds = (System.nanoTime() - started) / 1e9;
            double mib = heap.mostMiB();
            requireWhole(set, classes * spec.imagesPerClass());
            System.out.printf(
                    Locale.ROOT,
                    "{\"%s\": %f, \"%s\": %f}%n",
                    AssemblyMeasurement.SECONDS,
                    seconds,
                    AssemblyMeasurement.HEAP_MIB,
                    mib);
        }
    }

    /** Also what keeps the set from being collected before the heap is measured. */
    private static void requireWhole(AssembledSet set, int images) {
        if (set.manifest().getImageIds().size() != images) {
            throw new IllegalStateException(
                    set.manifest().getImageIds().size() + " images in the set, not " + images);
        }
    }

    private static TrainingRun run(RunSpec spec) {
        return TrainingRun.newBuilder()
                .setRunId(spec.runId())
                .setConfigurationId(spec.configurationId())
                .setSpec(spec.canonicalJson())
                .setAttemptId("bench")
                .setAttempt(1)
                .setExperimentId("bench")
                .setLabellingId(spec.labellings().get(0))
                .setPins(List.of())
                .setPublishedAt(Instant.EPOCH)
                .build();
    }
}
