package io.labelworth.analytics.view;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How many events the pages' follower has read, and how many it is behind. */
final class FeedMetrics {

    private final MeterRegistry registry;
    private final AtomicLong lag = new AtomicLong();

    FeedMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("labelworth.analytics.view.lag", lag, AtomicLong::get)
                .description("Events that the pages do not show yet")
                .register(registry);
    }

    void read(String topic) {
        Counter.builder("labelworth.analytics.view.events")
                .description("Events read for the pages")
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    /** As far as the last answers of the brokers say; asks nobody. */
    void lag(KafkaConsumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        lag.set(
                partitions.stream()
                        .map(consumer::currentLag)
                        .mapToLong(known -> known.orElse(0))
                        .sum());
    }
}
