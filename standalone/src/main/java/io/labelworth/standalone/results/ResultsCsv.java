package io.labelworth.standalone.results;

import io.labelworth.schemas.event.AccuracySummary;
import io.labelworth.schemas.event.Choice;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Summaries as CSV, one configuration a line; accuracies are fractions of 1. */
public final class ResultsCsv {

    private static final String HEADER =
            "dataset,dataset_version,source,student,ipc,regime,checkpoint,steps,n,seeds_vary,validation_mean,validation_std,test_mean,test_std,"
                    + "test_half_width_95,label_entropy,bytes,student_compute,configuration,"
                    + "treatments,selection,repeatable";

    private ResultsCsv() {}

    /** The document, header first. */
    public static String render(Results results) {
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        for (AccuracySummary s : results.summaries()) {
            out.append(
                    String.join(
                            ",",
                            s.getDataset(),
                            s.getDatasetVersion(),
                            s.getSource(),
                            choice(s.getStudent()),
                            text(s.getImagesPerClass()),
                            s.getRegime(),
                            text(s.getCheckpointId()),
                            text(s.getSteps()),
                            text(s.getTest().getN()),
                            s.getSeedsVary(),
                            text(s.getValidation().getMean()),
                            text(s.getValidation().getStd()),
                            text(s.getTest().getMean()),
                            text(s.getTest().getStd()),
                            text(s.getTest().getHalfWidth95()),
                            text(s.getLabelEntropy()),
                            String.format(Locale.ROOT, "%.0f", s.getBytes()),
                            text(s.getStudentCompute()),
                            s.getConfigurationId(),
                            quoted(treatments(s)),
                            quoted(s.getSelection() == null ? "" : choice(s.getSelection())),
                            text(s.getRepeatable())));
            out.append('\n');
        }
        return out.toString();
    }

    private static String treatments(AccuracySummary summary) {
        return summary.getTreatments().stream()
                .map(ResultsCsv::choice)
                .collect(Collectors.joining("; "));
    }

    private static String choice(Choice choice) {
        String parameters =
                new TreeMap<>(choice.getParameters())
                        .entrySet().stream()
                                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining());
        return choice.getName() + parameters;
    }

    /** Parameters are open text, which may be a list. */
    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private static String text(Object value) {
        return Objects.toString(value, "");
    }
}
