package io.labelworth.standalone.results;

import io.labelworth.schemas.event.AccuracySummary;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Summaries as CSV, one configuration a line; accuracies are fractions of 1. No field needs
 * quoting.
 */
public final class ResultsCsv {

    private static final String HEADER =
            "dataset,dataset_version,source,student,ipc,regime,checkpoint,steps,n,seeds_vary,validation_mean,validation_std,test_mean,test_std,"
                    + "test_half_width_95,label_entropy,bytes,student_compute,configuration";

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
                            student(s),
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
                            s.getConfigurationId()));
            out.append('\n');
        }
        return out.toString();
    }

    private static String student(AccuracySummary summary) {
        String parameters =
                new TreeMap<>(summary.getStudent().getParameters())
                        .entrySet().stream()
                                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining());
        return summary.getStudent().getName() + parameters;
    }

    private static String text(Object value) {
        return Objects.toString(value, "");
    }
}
