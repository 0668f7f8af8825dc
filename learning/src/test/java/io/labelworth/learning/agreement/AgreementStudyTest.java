package io.labelworth.learning.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.testing.TinyDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The study's machinery at a size that takes seconds. */
class AgreementStudyTest {

    @TempDir private Path root;

    @Test
    void aStudyTrainsBothSidesAndGoesOnWhereItWas() throws InterruptedException {
        // Given
        assumeTrue(PytorchStudents.possible(), "needs python3-torch");
        Dataset dataset = TinyDataset.create(root, 20, 10);
        StudySettings settings =
                new StudySettings(root.resolve("study"), List.of(2), 2, 1, 4, 30, 2, 10, 2);
        List<String> progress = new ArrayList<>();

        // When
        AgreementReport report = new AgreementStudy(settings, dataset, root, line -> {}).run();
        AgreementReport again = new AgreementStudy(settings, dataset, root, progress::add).run();

        // Then
        assertThat(report.comparisons()).hasSize(LabelKind.compared().size());
        Comparison hard = report.comparisons().get(0);
        assertThat(hard.ours().mean()).isGreaterThan(0.4);
        assertThat(hard.pytorch().mean()).isGreaterThan(0.4);
        assertThat(report.gains()).hasSize(LabelKind.fromExpert().size());
        assertThat(again).isEqualTo(report);
        assertThat(progress).contains("0 of 14 students to train");
        assertThat(settings.directory().resolve("report.json")).exists();
    }

    @Test
    void meansAgreeWithinTwoStandardErrorsOfTheirDifference() {
        // Given: standard errors of 0.01 each
        double[] around = {0.49, 0.51};

        // Then
        assertThat(compared(new double[] {0.517, 0.537}, around).agrees()).isTrue();
        assertThat(compared(new double[] {0.519, 0.539}, around).agrees()).isFalse();
        assertThat(compared(new double[] {0.46, 0.48}, around).agrees()).isFalse();
    }

    @Test
    void anIntervalIsStudents() {
        // When
        Estimate estimate = Estimate.of(1, 2, 3, 4, 5);

        // Then: standard deviation sqrt(2.5), 4 degrees of freedom
        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.standardError()).isEqualTo(Math.sqrt(0.5));
        assertThat(estimate.halfWidth()).isEqualTo(2.776 * Math.sqrt(0.5));
    }

    private static Comparison compared(double[] ours, double[] pytorch) {
        return Comparison.of(1, LabelKind.SOFT, ours, pytorch);
    }
}
