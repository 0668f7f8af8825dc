package io.labelworth.standalone.embedded;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a running cluster is to be reached, as {@code runtime.json} has it.
 *
 * @param pid process that runs it, the parent of broker and registry
 * @param bootstrapServers host:port of the broker
 * @param schemaRegistryUrl base URL of the registry's Confluent API
 * @param dashboardUrl URL of the dashboard, or null while there is none
 * @param startedAt when it was ready, ISO-8601
 */
public record RuntimeInfo(
        long pid,
        String bootstrapServers,
        String schemaRegistryUrl,
        String dashboardUrl,
        String startedAt) {

    /** Process start times are rounded to the system's clock ticks. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    /** The same cluster with a dashboard. */
    public RuntimeInfo withDashboard(String url) {
        return new RuntimeInfo(pid, bootstrapServers, schemaRegistryUrl, url, startedAt);
    }

    /**
     * Whether the process that wrote this still runs. One that started after {@code startedAt} only
     * happens to have the same id.
     */
    @JsonIgnore
    public boolean isAlive() {
        Instant latestStart = Instant.parse(startedAt).plus(CLOCK_SLACK);
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(
                        process ->
                                process.info()
                                        .startInstant()
                                        .map(latestStart::isAfter)
                                        .orElse(true))
                .isPresent();
    }
}
