package io.labelworth.bench.trainer;

import io.labelworth.bench.process.Child;
import io.labelworth.bench.process.Jvm;
import io.labelworth.bench.process.Workspace;
import io.labelworth.bench.report.Figure;
import io.labelworth.bench.report.Findings;
import io.labelworth.bench.side.Interleaving;
import io.labelworth.bench.side.ProcessSide;
import io.labelworth.bench.side.Side;
import io.labelworth.bench.side.TorchPeer;
import io.labelworth.standalone.terminal.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trainings side by side in one JVM, one thread each, against PyTorch: one process of as many
 * threads, and as many processes of one thread. The better of the two, by its median, is the peer.
 */
final class TrainingMeasurement {

    static final int SIDE_BY_SIDE = 2;

    private static final String OURS = "ours";
    private static final String ONE_PROCESS = "pytorchOneProcess";
    private static final String PROCESSES = "pytorchProcesses";

    /** Passes over its set that a student of the paper takes, at least. */
    private static final int EPOCHS = 300;

    private final Workspace workspace;
    private final TrainerSizes sizes;
    private final TorchPeer peer;
    private final Progress progress;

    TrainingMeasurement(
            Workspace workspace, TrainerSizes sizes, TorchPeer peer, Progress progress) {
        this.workspace = workspace;
        this.sizes = sizes;
        this.peer = peer;
        this.progress = progress;
    }

    /** Students of one budget and width. */
    void students(int imagesPerClass, int width, Findings findings) throws InterruptedException {
        int images = imagesPerClass * RandomDataset.CLASSES;
        String name = "ipc" + imagesPerClass + ".width" + width;
        Map<String, Figure> rates =
                measure(
                        name,
                        ours(Integer.toString(images), width),
                        peers(images, width, List.of()),
                        findings);
        rates.forEach(
                (side, rate) ->
                        findings.raw(
                                name + "." + side + ".studentsPerHour",
                                rate.times(3600.0 / (EPOCHS * images))));
        findings.figure("studentsOverPeer." + name, overPeer(rates));
        findings.figure(
                "studentsOverPeerSingleProcess." + name,
                rates.get(OURS).over(rates.get(ONE_PROCESS)));
    }

    /** Experts of one width. */
    void experts(int width, Findings findings) throws InterruptedException {
        List<String> recipe = List.of("--momentum", "0", "--weight-decay", "0");
        Map<String, Figure> rates =
                measure(
                        "expert",
                        ours(TrainMain.EXPERT, width),
                        peers(RandomDataset.TRAIN, width, recipe),
                        findings);
        rates.forEach((side, rate) -> findings.raw("expert." + side + ".imagesPerSecond", rate));
        findings.figure("expertOverPeer", overPeer(rates));
    }

    private Map<String, Figure> measure(
            String name, Side ours, Map<String, Side> peers, Findings findings)
            throws InterruptedException {
        Interleaving sides = new Interleaving();
        sides.add(OURS, ours);
        peers.forEach(sides::add);
        return sides.measure(name, sizes.repetitions(), progress, findings);
    }

    private static Figure overPeer(Map<String, Figure> rates) {
        Figure one = rates.get(ONE_PROCESS);
        Figure several = rates.get(PROCESSES);
        return rates.get(OURS).over(one.median() > several.median() ? one : several);
    }

    private Side ours(String what, int width) {
        List<String> arguments =
                List.of(
                        what,
                        Integer.toString(width),
                        Integer.toString(SIDE_BY_SIDE),
                        Double.toString(sizes.warmUp().toMillis() / 1000.0),
                        Double.toString(sizes.window().toMillis() / 1000.0));
        Path log = workspace.directory().resolve("training.log");
        return new ProcessSide(
                workspace,
                "training",
                () ->
                        Child.start(
                                "training", Jvm.running(TrainMain.class, arguments), Map.of(), log),
                1);
    }

    private Map<String, Side> peers(int images, int width, List<String> recipe) {
        Map<String, Side> peers = new LinkedHashMap<>();
        peers.put(ONE_PROCESS, peer(images, width, recipe, SIDE_BY_SIDE, 1));
        peers.put(PROCESSES, peer(images, width, recipe, 1, SIDE_BY_SIDE));
        return peers;
    }

    private Side peer(int images, int width, List<String> recipe, int threads, int processes) {
        List<String> arguments = new ArrayList<>(List.of("measure"));
        arguments.addAll(List.of("--images", Integer.toString(images)));
        arguments.addAll(List.of("--width", Integer.toString(width)));
        arguments.addAll(List.of("--classes", Integer.toString(RandomDataset.CLASSES)));
        arguments.addAll(List.of("--side", Integer.toString(RandomDataset.SIDE)));
        arguments.addAll(List.of("--batch", Integer.toString(TrainerSizes.BATCH)));
        arguments.addAll(List.of("--threads", Integer.toString(threads)));
        arguments.addAll(recipe);
        return peer.side(workspace, arguments, sizes.warmUp(), sizes.window(), processes);
    }
}
