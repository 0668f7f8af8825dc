package io.labelworth.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process measures about itself: memory, threads, garbage collection, CPU and uptime from
 * the start, and whatever its services add to the {@link #registry}. One per process, opened by
 * whoever runs the services and handed to each.
 *
 * <p>Kafka's own client metrics are left out: they are some hundred series per client, and a
 * labeler opens and closes clients by the hundred. What matters of them (lag, transaction time) the
 * services measure themselves.
 */
public final class Metrics implements AutoCloseable {

    /** Media type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");
    private static final long KIB = 1024;

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** Metrics of this process, the basics bound. */
    public Metrics() {
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics(),
                        garbageCollection)
                .forEach(binder -> binder.bindTo(registry));
        if (Files.isReadable(PROCESS_STATUS)) {
            // Networks and their buffers are libtorch's memory, which the JVM's numbers leave out.
            Gauge.builder("process.resident.memory", Metrics::residentBytes)
                    .description("Memory of the process, native memory included")
                    .baseUnit("bytes")
                    .register(registry);
        }
    }

    /** Where services add their meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters in Prometheus's text format, as {@value #CONTENT_TYPE}. */
    public String scrape() {
        return registry.scrape();
    }

    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(PROCESS_STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> KIB * Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
