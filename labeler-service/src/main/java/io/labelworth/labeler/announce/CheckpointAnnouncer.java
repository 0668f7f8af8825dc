package io.labelworth.labeler.announce;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetException;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.DeviceMemoryException;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.learning.network.Zca;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Announces experts that were trained elsewhere. Each is tried on held-out images first, and one
 * that does not fit, or lies where it should not, is neither copied nor announced. One at a time:
 * other threads wait.
 */
public final class CheckpointAnnouncer {

    private final CheckpointLog log;
    private final CheckpointRoot root;
    private final Function<String, Dataset> datasets;
    private final int trialImages;
    private final ComputeDevice device;
    private final Clock clock;

    /**
     * An announcer.
     *
     * @param datasets opens a dataset by its name, or throws {@link DatasetException}
     * @param trialImages most validation images to try an expert on; its accuracy is announced when
     *     these are all
     * @param device where it is tried
     */
    public CheckpointAnnouncer(
            CheckpointLog log,
            CheckpointRoot root,
            Function<String, Dataset> datasets,
            int trialImages,
            ComputeDevice device,
            Clock clock) {
        this.log = log;
        this.root = root;
        this.datasets = datasets;
        this.trialImages = trialImages;
        this.device = device;
        this.clock = clock;
    }

    /**
     * Announces a file that lies below the checkpoint root.
     *
     * @param uri the file, relative to the root
     * @param request names the file's hash
     * @throws RefusedException when it is not to be announced, with the reason
     */
    public synchronized Announced announce(String uri, CheckpointRequest request)
            throws RefusedException {
        Candidate candidate = Candidate.of(request, datasets);
        String sha256 =
                request.sha256()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                RefusedException.BAD_REQUEST,
                                                "name the file's sha256"));
        Path file = root.file(uri, request.format());
        Optional<ExpertCheckpoint> same = same(candidate, sha256);
        if (same.isPresent()) {
            return new Announced(same.get(), candidate.bytesPerLabel(), Optional.empty());
        }
        return announce(candidate, uri, sha256, tried(candidate, file, uri, sha256));
    }

    /**
     * Announces a file that lies anywhere, and which somebody vouches for: a TorchScript file's
     * code is run here. It is copied below the checkpoint root, with its whitening if it has one.
     *
     * @throws RefusedException when it is not to be announced, with the reason
     */
    public synchronized Announced adopt(Path file, CheckpointRequest request)
            throws RefusedException {
        Candidate candidate = Candidate.of(request, datasets);
        String sha256 = sha256(file);
        if (!request.sha256().orElse(sha256).equals(sha256)) {
            throw new RefusedException(
                    "wrong-hash", file + " has the SHA-256 " + sha256 + ", not the one named");
        }
        Path place =
                root.place(
                        request.dataset(), request.run(), request.step(), sha256, request.format());
        Optional<ExpertCheckpoint> same = same(candidate, sha256);
        if (same.isPresent() && Files.exists(place)) {
            return new Announced(same.get(), candidate.bytesPerLabel(), Optional.empty());
        }
        ExpertTrial trial = tried(candidate, file, file.toString(), sha256);
        Optional<Zca> zca = candidate.identity().description().preprocessing().zca();
        if (zca.isPresent()) {
            String name = zca.get().fileName();
            CheckedCopy.make(
                    file.resolveSibling(name), place.resolveSibling(name), zca.get().sha256());
        }
        CheckedCopy.make(file, place, sha256);
        return announce(candidate, root.uri(place), sha256, trial);
    }

    /** The announcement of the same labels under the same name, unless it was withdrawn. */
    private Optional<ExpertCheckpoint> same(Candidate candidate, String sha256)
            throws RefusedException {
        String id = candidate.request().checkpointId();
        ExpertCheckpoint there = log.latest().get(id);
        if (there == null) {
            return Optional.empty();
        }
        if (!there.getLabellingId().equals(candidate.identity().labellingId(sha256))) {
            throw new RefusedException(
                    RefusedException.TAKEN,
                    "there is another checkpoint " + id + "; choose another run or step");
        }
        return Optional.of(there).filter(checkpoint -> !checkpoint.getRetired());
    }

    private ExpertTrial tried(Candidate candidate, Path file, String shown, String sha256)
            throws RefusedException {
        try {
            WeightsContent content = WeightsContent.of(file);
            if (!content.format().equals(Optional.of(candidate.request().format()))) {
                throw new RefusedException(
                        "wrong-format",
                        String.format(
                                "%s is %s where %s is expected; write it with safetensors'"
                                        + " save_file or torch.jit.save",
                                shown, content.text(), candidate.request().format()));
            }
            if (candidate.request().format() == WeightsFormat.LABEL_TABLE) {
                return TableTrial.of(file, sha256, candidate.identity(), candidate.dataset());
            }
            return ExpertTrial.of(
                    file,
                    sha256,
                    candidate.identity(),
                    device,
                    candidate.dataset().validation(),
                    trialImages);
        } catch (DeviceMemoryException e) {
            throw new RefusedException(RefusedException.OUT_OF_MEMORY, e);
        } catch (ModelException | LabelException e) {
            String reason = e.getMessage().replace(file + ": ", "").replace(file + " ", "it ");
            throw new RefusedException("unusable-model", shown + ": " + reason);
        } catch (IOException e) {
            throw new RefusedException("missing-file", shown + " cannot be read: " + e);
        }
    }

    private Announced announce(Candidate candidate, String uri, String sha256, ExpertTrial trial) {
        CheckpointRequest request = candidate.request();
        boolean whole =
                request.format() != WeightsFormat.LABEL_TABLE
                        && trial.images() == candidate.dataset().validation().size();
        ExpertCheckpoint event =
                candidate
                        .identity()
                        .announcement(sha256)
                        .setCheckpointId(request.checkpointId())
                        .setRun(request.run())
                        .setStep(request.step())
                        .setImagesSeen(candidate.imagesSeen())
                        .setEpoch(candidate.epoch())
                        .setSchedule(new Choice("unknown", Map.of()))
                        .setUri(uri)
                        .setValidationAccuracy(whole ? trial.accuracy() : null)
                        .setTestAccuracy(null)
                        .setLabelEntropy(whole ? trial.entropy() : null)
                        .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                        .build();
        log.append(event);
        return new Announced(event, candidate.bytesPerLabel(), Optional.of(trial));
    }

    private static String sha256(Path file) throws RefusedException {
        try {
            return Sha256.of(file);
        } catch (NoSuchFileException e) {
            throw new RefusedException("missing-file", "there is no file " + file);
        } catch (IOException e) {
            throw new RefusedException("missing-file", file + " cannot be read: " + e);
        }
    }
}
