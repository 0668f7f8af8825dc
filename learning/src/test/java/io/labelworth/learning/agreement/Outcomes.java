package io.labelworth.learning.agreement;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Outcomes by cell, each in a file of its own; what is there is not trained again. */
final class Outcomes {

    private static final JsonMapper JSON = new JsonMapper();

    private final StudySettings settings;
    private final Consumer<String> progress;

    Outcomes(StudySettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Trains a student. */
    @FunctionalInterface
    interface Trainer {
        Outcome train(Cell cell) throws Exception;
    }

    /** Trains the cells that have no outcome, several side by side, in their order. */
    void fill(List<Cell> cells, Trainer trainer) throws InterruptedException {
        List<Cell> missing = cells.stream().filter(cell -> !Files.exists(file(cell))).toList();
        progress.accept(String.format("%d of %d students to train", missing.size(), cells.size()));
        AtomicInteger done = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(settings.parallel());
        try {
            List<Callable<Void>> work =
                    missing.stream().map(cell -> one(cell, trainer, done, missing.size())).toList();
            for (Future<Void> student : threads.invokeAll(work)) {
                student.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a student failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** The outcome of a cell that is filled. */
    Outcome of(Cell cell) {
        try {
            return JSON.readValue(file(cell).toFile(), Outcome.class);
        } catch (IOException e) {
            throw new UncheckedIOException("delete " + file(cell) + " and run again", e);
        }
    }

    private Callable<Void> one(Cell cell, Trainer trainer, AtomicInteger done, int of) {
        return () -> {
            Outcome outcome = trainer.train(cell);
            write(cell, outcome);
            progress.accept(
                    String.format(
                            Locale.ROOT,
                            "%d of %d: %s test %.4f in %.0f s",
                            done.incrementAndGet(),
                            of,
                            cell.name(settings),
                            outcome.testAccuracy(),
                            outcome.seconds()));
            return null;
        };
    }

    private void write(Cell cell, Outcome outcome) throws IOException {
        Files.createDirectories(file(cell).getParent());
        Path part = file(cell).resolveSibling(file(cell).getFileName() + ".part");
        JSON.writeValue(part.toFile(), outcome);
        Files.move(part, file(cell), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(Cell cell) {
        return settings.directory().resolve("students").resolve(cell.name(settings) + ".json");
    }
}
