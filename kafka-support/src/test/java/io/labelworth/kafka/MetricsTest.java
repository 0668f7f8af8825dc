package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MetricsTest {

    @Test
    void theBasicsAreThereFromTheStart() {
        try (Metrics metrics = new Metrics()) {
            assertThat(metrics.scrape())
                    .contains(
                            "jvm_memory_used_bytes{area=\"heap\"",
                            "jvm_threads_live_threads",
                            "jvm_gc_max_data_size_bytes",
                            "process_cpu_usage",
                            "process_uptime_seconds",
                            "process_files_open_files");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void residentMemoryIsThatOfThisProcess() {
        try (Metrics metrics = new Metrics()) {
            double resident = metrics.registry().get("process.resident.memory").gauge().value();

            assertThat(resident).isBetween(16e6, 1e11);
        }
    }
}
