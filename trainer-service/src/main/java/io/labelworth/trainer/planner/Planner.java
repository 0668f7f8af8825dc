package io.labelworth.trainer.planner;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.ProducerUnusableException;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.kafka.TransactionAbortedException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Experiment;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who plans: the member of group {@value #GROUP} that owns the only partition of
 * experiments. The group finds a successor when one dies; the transactional id keeps a slow
 * predecessor from writing beside it. Being fenced is ordinary on a hand-over: step down, rejoin.
 *
 * <pre>
 *   STANDBY --partition assigned--> PLANNING --revoked, lost, fenced or cluster fault--> STANDBY
 * </pre>
 */
public final class Planner implements ServiceLoop.Work, ConsumerRebalanceListener {

    /** Group whose one active member plans. */
    public static final String GROUP = "planner";

    /** Transactional id of whoever plans. */
    public static final String TRANSACTIONAL_ID = "labelworth.planner";

    private static final Logger log = LoggerFactory.getLogger(Planner.class);
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration BACKOFF = Duration.ofSeconds(1);

    private final KafkaConnection connection;
    private final EventConsumers consumers;
    private final PlannerSettings settings;
    private final Function<String, DatasetInfo> datasets;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final String clientId;
    private volatile KafkaConsumer<String, Decoded<Experiment>> membership;
    private PlannerSession session;
    private boolean owner;

    /**
     * @param connection where the topics are; stays the caller's
     * @param datasets what is known of a dataset, by name
     * @param clientId name of this candidate in the group and in dead letters
     */
    public Planner(
            KafkaConnection connection,
            PlannerSettings settings,
            Function<String, DatasetInfo> datasets,
            Clock clock,
            String clientId) {
        this.connection = connection;
        this.consumers = connection.consumers();
        this.settings = settings;
        this.datasets = datasets;
        this.deadLetters = new DeadLetters(clock, clientId);
        this.clock = clock;
        this.clientId = clientId;
    }

    @Override
    public void open() {
        membership = consumers.grouped(Topics.EXPERIMENTS, GROUP, clientId, Map.of());
        join();
    }

    private void join() {
        membership.subscribe(List.of(Topics.EXPERIMENTS.name()), this);
    }

    @Override
    public void step() {
        try {
            membership.poll(TURN);
            if (owner) {
                plan();
            }
        } catch (ProducerFencedException e) {
            log.info("another planner took over; stepping down");
            standBy();
            membership.unsubscribe();
            join();
        } catch (TransactionAbortedException | ProducerUnusableException e) {
            log.warn("what was decided could not be written, deciding anew: {}", e.getMessage());
            standBy();
        } catch (WakeupException
                | InterruptException
                | AuthenticationException
                | AuthorizationException e) {
            throw e;
        } catch (KafkaException | ConfigurationException e) {
            // The latter too when the cluster did not answer in time: it was as it must be before.
            log.warn("planning interrupted, taking it up again: {}", e.toString());
            standBy();
            pause();
        }
    }

    private void plan() {
        if (session == null) {
            TopicIds topics =
                    new TopicIds(
                            connection.cluster().topicId(Topics.IMAGE_REFS),
                            connection.cluster().topicId(Topics.SOFT_LABELS));
            PlannerState state = new PlannerState(settings, topics, datasets);
            WorkerAssignments assignments = new WorkerAssignments(connection.cluster(), clock);
            // Last, since from here on it is the session's to close.
            EventProducer producer =
                    EventProducer.transactional(
                            connection.settings(), connection.registry(), TRANSACTIONAL_ID);
            session =
                    new PlannerSession(
                            state, producer, connection, assignments, deadLetters, clock);
            log.info("planning");
        }
        session.step();
    }

    private void standBy() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BACKOFF.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Owning the partition is the office; the experiments themselves are read by the session.
        membership.pause(partitions);
        owner |= !partitions.isEmpty();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            owner = false;
            standBy();
        }
    }

    @Override
    public void wakeup() {
        if (membership != null) {
            membership.wakeup();
        }
    }

    @Override
    public void release() {
        standBy();
        if (membership != null) {
            membership.close();
        }
    }
}
