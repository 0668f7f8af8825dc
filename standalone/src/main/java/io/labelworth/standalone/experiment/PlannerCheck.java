package io.labelworth.standalone.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.event.Experiment;
import io.labelworth.trainer.planner.BadExperimentException;
import io.labelworth.trainer.planner.ExperimentRuns;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Has the planner judge a file budget by budget and variant by variant, to say which line it is.
 */
final class PlannerCheck {

    private static final String BUDGETS = "budgets";

    private final LocatedYaml file;
    private final JsonNode experiment;

    private PlannerCheck(LocatedYaml file, JsonNode experiment) {
        this.file = file;
        this.experiment = experiment;
    }

    /**
     * Checks what the planner would refuse.
     *
     * @param experiment the file's, without sweeps
     * @param parsed the same
     * @throws ConfigurationException when it would; names the line that it is about
     */
    static void check(LocatedYaml file, JsonNode experiment, ExperimentFile parsed) {
        DatasetInfo dataset = new Datasets().info(parsed.dataset());
        Experiment event =
                Experiments.event(parsed, dataset.version(), parsed.checkpoints(), Instant.EPOCH);
        PlannerCheck check = new PlannerCheck(file, experiment);
        for (int budget = 0; budget < event.getBudgets().size(); budget++) {
            Experiment.Builder one =
                    Experiment.newBuilder(event)
                            .setBudgets(List.of(event.getBudgets().get(budget)));
            if (event.getVariants().isEmpty()) {
                check.run(one.build(), dataset, budget, -1);
            }
            for (int variant = 0; variant < event.getVariants().size(); variant++) {
                one.setVariants(List.of(event.getVariants().get(variant)));
                check.run(one.build(), dataset, budget, variant);
            }
        }
    }

    private void run(Experiment event, DatasetInfo dataset, int budget, int variant) {
        try {
            ExperimentRuns.of(event, name -> dataset, Map.of());
        } catch (BadExperimentException e) {
            String message = e.getCause().getMessage();
            JsonNode ofVariant = experiment.path(Sweeps.VARIANTS).path(variant);
            JsonNode ofBudget = experiment.get(BUDGETS).get(budget);
            JsonNode whole = ofVariant.isMissingNode() ? experiment : ofVariant;
            Blame blame = new Blame(file, List.of(ofVariant, ofBudget, experiment), whole);
            throw file.error(blame.line(message), message);
        }
    }
}
