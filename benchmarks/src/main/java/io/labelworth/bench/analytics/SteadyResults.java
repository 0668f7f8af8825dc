package io.labelworth.bench.analytics;

import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Final results that come at a steady rate, as a big group of trainers brings them. */
final class SteadyResults {

    static final int PER_SECOND = 50;

    private static final long EVERY_NANOS = 1_000_000_000L / PER_SECOND;

    private final List<Accuracy> results = new ArrayList<>();
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();

    /**
     * @param seconds for how long they come
     */
    SteadyResults(String dataset, int seconds) {
        new ResultStream(dataset, seconds * PER_SECOND).forEach(results::add);
    }

    /** Sends all of them, and returns when the last is acknowledged. */
    void send(KafkaConnection kafka) {
        try (EventProducer producer =
                EventProducer.idempotent(kafka.settings(), kafka.registry(), "bench-steady")) {
            long next = System.nanoTime();
            for (Iterator<Accuracy> result = results.iterator(); result.hasNext(); ) {
                Accuracy event = result.next();
                // By the plan: a producer that falls behind does not make the latency look better.
                sentAt.put(event.getRunId(), next);
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                producer.send(Topics.ACCURACY, event.getRunId(), event);
                next += EVERY_NANOS;
            }
            producer.flush();
        }
    }

    /** When a run's result was due, in nanoseconds of the clock; null for a run of others. */
    Long sentAt(String runId) {
        return sentAt.get(runId);
    }

    int size() {
        return results.size();
    }
}
