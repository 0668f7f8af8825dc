package io.labelworth.learning.agreement;

import io.labelworth.learning.agreement.Cell.Side;
import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.training.StudentResult;
import io.labelworth.learning.training.StudentTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Trains every student of the study, ours and PyTorch's on the same images, labels and settings,
 * and compares. Initialisation and augmentation are drawn by each side for itself.
 */
final class AgreementStudy {

    /** Pilots' images are others than the students'. */
    private static final long FIRST_PILOT = 1001;

    private final StudySettings settings;
    private final Dataset dataset;
    private final Consumer<String> progress;
    private final StudyExpert expert;
    private final StudySets sets;
    private final Outcomes outcomes;
    private final PytorchStudents pytorch;

    /**
     * @param root that the dataset was opened under
     * @param progress is told, in one line each, how the study goes
     */
    AgreementStudy(StudySettings settings, Dataset dataset, Path root, Consumer<String> progress) {
        this.settings = settings;
        this.dataset = dataset;
        this.progress = progress;
        expert = new StudyExpert(settings, dataset);
        sets = new StudySets(settings, dataset, root, expert);
        outcomes = new Outcomes(settings, progress);
        pytorch =
                new PytorchStudents(
                        settings.directory().resolve("exchange"), dataset.info(), dataset.test());
    }

    /** Runs what is not done yet; writes the report after each budget. */
    AgreementReport run() throws InterruptedException {
        expert.train(progress);
        List<Comparison> comparisons = new ArrayList<>();
        List<Gain> gains = new ArrayList<>();
        AgreementReport report = new AgreementReport(settings, comparisons, gains);
        for (int imagesPerClass : settings.imagesPerClass()) {
            int step = choose(imagesPerClass);
            outcomes.fill(cells(imagesPerClass, step), this::train);
            for (LabelKind kind : LabelKind.compared()) {
                comparisons.add(
                        Comparison.of(
                                imagesPerClass,
                                kind,
                                accuracies(Side.OURS, imagesPerClass, kind, step),
                                accuracies(Side.PYTORCH, imagesPerClass, kind, step)));
            }
            for (LabelKind kind : LabelKind.fromExpert()) {
                gains.add(
                        Gain.of(
                                imagesPerClass,
                                kind,
                                accuracies(Side.OURS, imagesPerClass, kind, step),
                                accuracies(Side.OURS, imagesPerClass, LabelKind.HARD, step),
                                accuracies(Side.OURS, imagesPerClass, LabelKind.SOFT, step)));
            }
            report.write();
        }
        return report;
    }

    /** The expert checkpoint whose labels make the better students, on validation images. */
    private int choose(int imagesPerClass) throws InterruptedException {
        List<Integer> candidates = expert.candidates();
        int best = candidates.get(0);
        double bestAccuracy = 0;
        for (int step : candidates) {
            List<Cell> pilots =
                    LongStream.range(FIRST_PILOT, FIRST_PILOT + settings.pilots())
                            .mapToObj(
                                    seed ->
                                            new Cell(
                                                    Side.OURS,
                                                    imagesPerClass,
                                                    LabelKind.SOFT,
                                                    step,
                                                    seed))
                            .toList();
            outcomes.fill(pilots, this::train);
            double accuracy =
                    pilots.stream()
                            .mapToDouble(pilot -> outcomes.of(pilot).validationAccuracy())
                            .average()
                            .orElse(0);
            progress.accept(
                    String.format(
                            "IPC %d: students of the expert at step %d reach %.4f in validation",
                            imagesPerClass, step, accuracy));
            if (accuracy > bestAccuracy) {
                best = step;
                bestAccuracy = accuracy;
            }
        }
        return best;
    }

    private List<Cell> cells(int imagesPerClass, int step) {
        List<Cell> cells = new ArrayList<>();
        for (long seed = 1; seed <= settings.seeds(); seed++) {
            for (LabelKind kind : LabelKind.compared()) {
                cells.add(cell(Side.OURS, imagesPerClass, kind, step, seed));
                cells.add(cell(Side.PYTORCH, imagesPerClass, kind, step, seed));
            }
        }
        for (long seed = 1; seed <= settings.seeds(); seed++) {
            for (LabelKind kind : LabelKind.fromExpert()) {
                Cell cell = cell(Side.OURS, imagesPerClass, kind, step, seed);
                if (!cells.contains(cell)) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    private static Cell cell(Side side, int imagesPerClass, LabelKind kind, int step, long seed) {
        return new Cell(side, imagesPerClass, kind, kind == LabelKind.HARD ? 0 : step, seed);
    }

    private double[] accuracies(Side side, int imagesPerClass, LabelKind kind, int step) {
        return LongStream.rangeClosed(1, settings.seeds())
                .mapToDouble(
                        seed ->
                                outcomes.of(cell(side, imagesPerClass, kind, step, seed))
                                        .testAccuracy())
                .toArray();
    }

    private Outcome train(Cell cell) throws Exception {
        RunSpec spec = sets.spec(cell);
        StudySet set = sets.set(cell);
        if (cell.side() == Side.PYTORCH) {
            return pytorch.train(cell.name(settings), spec, set);
        }
        long started = System.nanoTime();
        double[] last = new double[1];
        StudentResult result =
                StudentTraining.run(
                        spec,
                        set.training(),
                        dataset,
                        (step, loss, point) -> last[0] = loss,
                        () -> false);
        return new Outcome(
                result.testAccuracy(),
                result.last().validationAccuracy(),
                last[0],
                (System.nanoTime() - started) / 1e9);
    }
}
