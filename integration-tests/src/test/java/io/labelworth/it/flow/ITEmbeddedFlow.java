package io.labelworth.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.testing.TinyDataset;
import io.labelworth.standalone.stack.LocalPaths;
import io.labelworth.standalone.stack.Stack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ITEmbeddedFlow {

    @TempDir Path directory;

    @Test
    void fromImagesToLabelWorthAndASecondPassFindsEverythingDone() throws Exception {
        // Given
        LocalPaths paths = new LocalPaths(directory);
        Dataset dataset = TinyDataset.create(paths.images(), 60, 20);
        Datasets datasets = TinyDataset.datasets(paths.images().resolve(TinyDataset.NAME));
        int published;
        try (Stack stack = Stack.start(paths, 0, datasets, line -> {})) {
            FlowScenario scenario = new FlowScenario(stack.connection(), paths, dataset);
            FlowScenario.Pass first = scenario.run();
            FlowGuarantees.check(scenario, first, stack.connection());
            assertThat(first.trained()).isTrue();
            published = scenario.publishedRuns();
        }

        // When: everything was stopped, and the same is asked for again
        try (Stack stack = Stack.start(paths, 0, datasets, line -> {})) {
            FlowScenario scenario = new FlowScenario(stack.connection(), paths, dataset);
            FlowScenario.Pass second = scenario.run();

            // Then
            assertThat(second.ingested()).isZero();
            assertThat(second.trained()).isFalse();
            assertThat(second.failures()).isEmpty();
            assertThat(scenario.publishedRuns()).isEqualTo(published);
        }
    }
}
