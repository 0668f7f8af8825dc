package io.labelworth.trainer.worker;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group {@value #NAME} that shares the runs out: a share group, or a consumer group where the
 * cluster has no share groups.
 */
public final class TrainerGroup {

    /** Name of the group. */
    public static final String NAME = "trainer";

    /** Deliveries after which a share group archives a record silently, unless told otherwise. */
    static final int DEFAULT_DELIVERIES = 5;

    private static final Logger log = LoggerFactory.getLogger(TrainerGroup.class);

    /**
     * The least that brokers allow by default: a frozen worker's run goes on elsewhere after it.
     */
    private static final Duration LOCK = Duration.ofSeconds(15);

    private final EventConsumers consumers;
    private final boolean sharing;
    private final Limits limits;

    /**
     * How long and how often a run is handed out.
     *
     * @param lockDuration how long a run stays a silent worker's
     * @param deliveries how often a run is handed out at most
     */
    record Limits(Duration lockDuration, int deliveries) {}

    private TrainerGroup(EventConsumers consumers, boolean sharing, Limits limits) {
        this.consumers = consumers;
        this.sharing = sharing;
        this.limits = limits;
    }

    /**
     * Sets the group up on the cluster, before its first member joins: by default a share group
     * starts at the end of the topic and would never see runs published earlier.
     */
    public static TrainerGroup on(KafkaConnection connection) {
        Cluster cluster = connection.cluster();
        EventConsumers consumers = connection.consumers();
        if (!cluster.hasShareGroups()) {
            log.info("the cluster has no share groups; runs are shared out by a consumer group");
            return new TrainerGroup(consumers, false, new Limits(LOCK, DEFAULT_DELIVERIES));
        }
        set(cluster, "share.auto.offset.reset", "earliest");
        set(cluster, "share.isolation.level", "read_committed");
        try {
            set(cluster, "share.record.lock.duration.ms", Long.toString(LOCK.toMillis()));
        } catch (ConfigurationException e) {
            log.warn("the cluster's own lock duration stays: {}", e.getMessage());
        }
        return new TrainerGroup(consumers, true, new Limits(LOCK, deliveries(cluster)));
    }

    /** A member of the group. */
    public RunSource join(String clientId) {
        if (sharing) {
            return new ShareRunSource(
                    consumers.shared(Topics.TRAINING_RUNS, NAME, clientId), limits);
        }
        Map<String, ?> oneAtATime = Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return new GroupRunSource(
                consumers.grouped(Topics.TRAINING_RUNS, NAME, clientId, oneAtATime), limits);
    }

    private static void set(Cluster cluster, String name, String value) {
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        cluster.await(
                cluster.admin().incrementalAlterConfigs(Map.of(group(), List.of(change))).all());
    }

    private static int deliveries(Cluster cluster) {
        var settings =
                cluster.await(cluster.admin().describeConfigs(List.of(group())).all()).get(group());
        return Optional.ofNullable(settings.get("share.delivery.count.limit"))
                .map(entry -> Integer.parseInt(entry.value()))
                .orElse(DEFAULT_DELIVERIES);
    }

    private static ConfigResource group() {
        return new ConfigResource(ConfigResource.Type.GROUP, NAME);
    }
}
