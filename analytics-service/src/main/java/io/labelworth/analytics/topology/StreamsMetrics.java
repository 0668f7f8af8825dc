package io.labelworth.analytics.topology;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.Metric;

/** How much the topology has done, and how much is left: out of what Kafka Streams measures. */
public final class StreamsMetrics {

    private StreamsMetrics() {}

    /** Adds them to a registry. */
    public static void bind(StreamsRunner streams, MeterRegistry registry) {
        FunctionCounter.builder(
                        "labelworth.analytics.topology.events",
                        streams,
                        runner -> sum(runner, "stream-thread-metrics", "process-total"))
                .description("Events that the topology has processed, between its steps too")
                .register(registry);
        Gauge.builder(
                        "labelworth.analytics.topology.lag",
                        streams,
                        runner -> sum(runner, "consumer-fetch-manager-metrics", "records-lag"))
                .description("Events that the topology has not processed yet")
                .register(registry);
    }

    private static double sum(StreamsRunner streams, String group, String name) {
        return streams.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .filter(metric -> metric.getKey().group().equals(group))
                .map(metric -> (Metric) metric.getValue())
                .map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .filter(Double::isFinite)
                .sum();
    }
}
