package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.schemas.event.Budget;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.standalone.experiment.ExperimentFile.ChoiceLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Turns an experiment file into the event that the planner works on. */
public final class Experiments {

    private static final int ID_DIGITS = 16;

    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    private Experiments() {}

    /** What the id is a hash of: all that decides the runs, and nothing that does not. */
    private record Identity(ExperimentFile file, String datasetVersion, List<String> checkpoints) {}

    /**
     * The event of an experiment. The same file, dataset version and checkpoints give the same id,
     * so submitting twice is submitting once.
     *
     * @param checkpoints checkpoint ids the file's {@code expertRun} and {@code checkpoints} stand
     *     for, in order
     */
    public static Experiment event(
            ExperimentFile file, String datasetVersion, List<String> checkpoints, Instant now) {
        return Experiment.newBuilder()
                .setExperimentId(id(new Identity(file, datasetVersion, checkpoints)))
                .setName(file.name())
                .setDataset(file.dataset())
                .setDatasetVersion(datasetVersion)
                .setSource(file.source())
                .setPool(file.pool())
                .setBudgets(file.budgets().stream().map(Experiments::budget).toList())
                .setHardLabels(file.hardLabels())
                .setCheckpoints(checkpoints)
                .setEnsembles(file.ensembles())
                .setTreatments(file.treatments().stream().map(Experiments::choice).toList())
                .setHardTreatments(file.hardTreatments().stream().map(Experiments::choice).toList())
                .setSelection(file.selection() == null ? null : choice(file.selection()))
                .setStudent(choice(file.student()))
                .setRecipe(choice(file.recipe()))
                .setEvaluation(choice(file.evaluation()))
                .setSeeds(file.seeds())
                .setCreatedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static Budget budget(ExperimentFile.BudgetLine line) {
        return new Budget(
                line.imagesPerClass(),
                Objects.requireNonNullElse(line.steps(), 0),
                line.epochs(),
                line.learningRate());
    }

    private static Choice choice(ChoiceLine line) {
        return new Choice(line.name(), line.parameters());
    }

    private static String id(Identity identity) {
        try {
            byte[] json = CANONICAL.writeValueAsString(identity).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
            return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("cannot hash an experiment", e);
        }
    }
}
