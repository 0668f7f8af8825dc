package io.labelworth.trainer.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells why a worker's producer was fenced. Once may be the coordinator, which also fences a
 * producer whose transaction it timed out, as when a broker was killed; twice within a minute is
 * another trainer of the same name.
 */
final class Fencings {

    private static final Logger log = LoggerFactory.getLogger(Fencings.class);
    private static final Duration MEMORY = Duration.ofSeconds(60);

    private final String worker;
    private final Clock clock;
    private Instant last = Instant.MIN;

    /**
     * @param worker name of the worker, its transactional id
     */
    Fencings(String worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Takes note of one.
     *
     * @throws KafkaException when there was one shortly before
     */
    void add(ProducerFencedException fencing) {
        Instant now = clock.instant();
        if (now.isBefore(last.plus(MEMORY))) {
            throw new KafkaException(
                    "another trainer works under the name "
                            + worker
                            + "; give each its own LABELWORTH_INSTANCE",
                    fencing);
        }
        last = now;
        log.warn("fenced, building a new producer worker={}", worker);
    }
}
