package io.labelworth.learning.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.Datasets;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Students trained here and by plain PyTorch are equally good, on Fashion-MNIST. Takes hours; its
 * name keeps it out of the default suite, and the profile {@code agreement} runs nothing else.
 */
class PytorchAgreement {

    private static final Path DATA =
            Path.of(System.getProperty("agreement.data", "target/agreement/data"));

    @Test
    void studentsAreAsGoodAsPytorchs() throws InterruptedException {
        // Given
        StudySettings settings = StudySettings.fromProperties();
        Consumer<String> progress =
                line ->
                        System.out.println(
                                LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
        Dataset dataset = new Datasets().fetch("fashion-mnist", DATA, Optional.empty(), progress);

        // When
        AgreementReport report = new AgreementStudy(settings, dataset, DATA, progress).run();

        // Then
        System.out.println(report.text());
        assertThat(report.comparisons())
                .as("means within two standard errors of their difference")
                .isNotEmpty()
                .allMatch(Comparison::agrees);
    }
}
