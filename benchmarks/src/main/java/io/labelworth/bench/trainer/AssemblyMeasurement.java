package io.labelworth.bench.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.standalone.terminal.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Assembly of a large set from a label view on disk, in a fresh JVM of 1 GiB each time. */
final class AssemblyMeasurement {

    static final String SECONDS = "seconds";
    static final String HEAP_MIB = "heapMiB";

    private static final String HEAP = "-Xmx1g";

    private final Workspace workspace;
    private final TrainerSizes sizes;
    private final Progress progress;

    AssemblyMeasurement(Workspace workspace, TrainerSizes sizes, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.progress = progress;
    }

    void run(Findings findings) {
        Path directory = workspace.directory().resolve("assembly");
        progress.line(
                String.format(
                        Locale.ROOT,
                        "assembly: writing %,d labels of %,d classes",
                        sizes.classes() * sizes.imagesPerClass(),
                        sizes.classes()));
        BenchView.write(directory, sizes.classes(), sizes.imagesPerClass());
        List<Double> seconds = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        for (int repetition = 1; repetition <= sizes.repetitions(); repetition++) {
            JsonNode measured = assemble(directory);
            seconds.add(measured.get(SECONDS).asDouble());
            heap.add(measured.get(HEAP_MIB).asDouble());
            progress.line(
                    String.format(
                            Locale.ROOT,
                            "assembly, repetition %d of %d: %.2f s, %.0f MiB",
                            repetition,
                            sizes.repetitions(),
                            seconds.get(repetition - 1),
                            heap.get(repetition - 1)));
        }
        workspace.delete(directory);
        findings.figure("assemblySeconds", new Figure(seconds));
        findings.figure("assemblyHeapMiB", new Figure(heap));
        findings.note(
                "assemblyHeapMiB",
                "heap of the assembly: the most that a garbage collection left, the set still held;"
                        + " the JVM has "
                        + HEAP);
    }

    private JsonNode assemble(Path directory) {
        List<String> arguments =
                List.of(
                        directory.toString(),
                        Integer.toString(sizes.classes()),
                        Integer.toString(sizes.imagesPerClass()));
        return Once.run(workspace, "assembly", AssemblyMain.class, List.of(HEAP), arguments);
    }
}
