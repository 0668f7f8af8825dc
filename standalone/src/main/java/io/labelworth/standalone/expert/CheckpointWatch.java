package io.labelworth.standalone.expert;

import io.labelworth.labeler.announce.Announced;
import io.labelworth.labeler.announce.CheckpointAnnouncer;
import io.labelworth.labeler.announce.CheckpointLog;
import io.labelworth.labeler.announce.CheckpointRequest;
import io.labelworth.labeler.announce.RefusedException;
import io.labelworth.labeler.announce.WeightsContent;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/**
 * Announces each checkpoint that a training job drops into a directory, once: what the topic has of
 * the run with the same hash is passed over, so a restart announces nothing twice. One that is
 * refused is reported once, and again only after it or its card has changed. Used by one thread.
 */
public final class CheckpointWatch {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 18;

    private final DropFolder folder;
    private final CheckpointRequest defaults;
    private final CheckpointAnnouncer announcer;
    private final CheckpointLog log;
    private final Consumer<Announced> announced;
    private final Consumer<String> problem;
    private String lastProblem = "";

    /**
     * A watch.
     *
     * @param directory what is watched; directories below are not
     * @param defaults what holds for every checkpoint that its card does not say otherwise of; its
     *     format is the only one taken, since TorchScript runs code
     * @param announced is told each announcement
     * @param problem is told, in one line each, what could not be announced
     */
    public CheckpointWatch(
            Path directory,
            CheckpointRequest defaults,
            CheckpointAnnouncer announcer,
            CheckpointLog log,
            Consumer<Announced> announced,
            Consumer<String> problem) {
        this.folder = new DropFolder(directory);
        this.defaults = defaults;
        this.announcer = announcer;
        this.log = log;
        this.announced = announced;
        this.problem = problem;
    }

    /**
     * Looks once. A checkpoint is announced by the second look that finds it as it was. Where the
     * directory or the cluster does not answer, that is reported once, and the next look tries
     * again.
     */
    public void look() {
        try {
            List<Path> ready = folder.scan();
            if (!ready.isEmpty()) {
                Set<String> known = known();
                for (Path file : ready) {
                    take(file, known);
                }
            }
            lastProblem = "";
        } catch (IOException e) {
            report("cannot read " + folder.directory() + " (" + e + "); trying again");
        } catch (KafkaException e) {
            report("the cluster does not answer (" + e.getMessage() + "); trying again");
        }
    }

    private void take(Path file, Set<String> known) throws IOException {
        try {
            if (!known.contains(Sha256.of(file))) {
                announced.accept(announcer.adopt(file, request(file)));
            }
        } catch (RefusedException e) {
            if (!Files.exists(file)) {
                return;
            }
            problem.accept(file.getFileName() + " is not announced: " + e.getMessage());
        }
        folder.settle(file);
    }

    private void report(String line) {
        if (!line.equals(lastProblem)) {
            problem.accept(line);
        }
        lastProblem = line;
    }

    /** Hashes of the run's weights that were announced before, in whatever way. */
    private Set<String> known() {
        Set<String> known = new HashSet<>();
        for (ExpertCheckpoint checkpoint : log.latest().values()) {
            if (checkpoint.getRun().equals(defaults.run())
                    && checkpoint.getDataset().equals(defaults.dataset())) {
                known.add(checkpoint.getSha256());
            }
        }
        return known;
    }

    private CheckpointRequest request(Path file) throws RefusedException, IOException {
        if (defaults.format() != WeightsFormat.TORCHSCRIPT
                && WeightsContent.of(file)
                        .format()
                        .equals(Optional.of(WeightsFormat.TORCHSCRIPT))) {
            throw new RefusedException(
                    "location-not-allowed",
                    "it is a TorchScript file, which runs code; watch with --format torchscript"
                            + " where you trust whoever writes to "
                            + folder.directory());
        }
        CheckpointCard card = CheckpointCard.beside(file);
        return new CheckpointRequest(
                defaults.dataset(),
                defaults.run(),
                card.step().isPresent() ? card.step().get() : stepInName(file),
                card.epoch().orElse(0.0),
                card.imagesSeen().orElse(0L),
                defaults.format(),
                card.architecture().orElse(defaults.architecture()),
                card.preprocessing().or(defaults::preprocessing),
                card.precision().orElse(defaults.precision()),
                card.codec().or(defaults::codec),
                card.sha256());
    }

    /** The last number in the name: epoch-2-step-500 is step 500. */
    private static long stepInName(Path file) throws RefusedException {
        Matcher numbers = NUMBER.matcher(CheckpointCard.baseName(file));
        return numbers.results()
                .map(MatchResult::group)
                .reduce((before, last) -> last)
                .filter(digits -> digits.length() <= MOST_DIGITS)
                .map(Long::parseLong)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        RefusedException.BAD_REQUEST,
                                        "its name ends in no step; name it for example step-500, or"
                                                + " say the step in "
                                                + CheckpointCard.path(file).getFileName()));
    }
}
