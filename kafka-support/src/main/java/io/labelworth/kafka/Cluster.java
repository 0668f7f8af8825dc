package io.labelworth.kafka;

import io.labelworth.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The cluster as an administrator sees it: is it there, is it new enough, are the topics as they
 * should be.
 *
 * <p>Every method fails with a {@link ConfigurationException} of one line when the cluster cannot
 * be reached.
 */
public final class Cluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);
    private static final short BROKER_DEFAULT_REPLICATION = -1;

    private final KafkaSettings settings;
    private final Admin admin;

    private Cluster(KafkaSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /**
     * Connects and checks that consumer groups of the new protocol (KIP-848, Kafka 4.0) are there.
     *
     * @throws ConfigurationException when no broker answers or the cluster is too old
     */
    public static Cluster connect(KafkaSettings settings) {
        Admin admin =
                Admin.create(
                        settings.client(
                                "labelworth-admin",
                                Map.of(
                                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000,
                                        // Kafka refuses an api timeout below this one's default.
                                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
                                Map.of()));
        Cluster cluster = new Cluster(settings, admin);
        try {
            cluster.requireKafka4();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The admin client behind, for what only one service needs. */
    public Admin admin() {
        return admin;
    }

    /** Whether the cluster has share groups (KIP-932; Kafka 4.2, or earlier where enabled). */
    public boolean hasShareGroups() {
        return finalizedFeature("share.version") >= 1;
    }

    /** Where each partition of a topic ends now, records of open transactions included. */
    public Map<Integer, Long> ends(Topic<?> topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions(topic); partition++) {
            latest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new HashMap<>();
        await(admin.listOffsets(latest).all())
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /**
     * Creates the topics that are missing, with the cluster's default replication, and returns when
     * they take writes.
     *
     * @return one line for each difference between a topic on the cluster and its definition; empty
     *     when all agree
     */
    public List<String> ensure(List<Topic<?>> topics) {
        List<String> existing = List.copyOf(await(admin.listTopics().names()));
        List<NewTopic> missing =
                topics.stream()
                        .filter(topic -> !existing.contains(topic.name()))
                        .map(topic -> topic.newTopic(BROKER_DEFAULT_REPLICATION))
                        .toList();
        admin.createTopics(missing).values().values().forEach(this::awaitCreation);
        awaitLeaders(missing);
        List<String> differences = new ArrayList<>();
        topics.stream()
                .filter(topic -> existing.contains(topic.name()))
                .forEach(topic -> differences.addAll(differences(topic)));
        return List.copyOf(differences);
    }

    /**
     * UUID of a topic: offsets remembered outside the cluster are valid for this incarnation only.
     */
    public String topicId(Topic<?> topic) {
        return describe(topic).topicId().toString();
    }

    /** Partitions a topic has on this cluster. */
    public int partitions(Topic<?> topic) {
        return describe(topic).partitions().size();
    }

    /** Waits for an admin call; cluster faults become one line. */
    public <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("interrupted while asking the cluster", e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(e);
        }
    }

    private TopicDescription describe(Topic<?> topic) {
        return await(
                admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name()));
    }

    private void awaitCreation(KafkaFuture<Void> creation) {
        try {
            await(creation);
        } catch (ConfigurationException e) {
            // Another service of the same cluster may start at the same moment.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /**
     * A created partition may refuse writes for a moment. An idempotent producer that then has two
     * batches under way can have the first refused and the second taken, and is out of sequence
     * until its delivery timeout; a leader that answers about offsets takes writes.
     */
    private void awaitLeaders(List<NewTopic> created) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (NewTopic topic : created) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answer(partitions, System.nanoTime() > deadline)) {
            LockSupport.parkNanos(RETRY_PAUSE.toNanos());
        }
    }

    /** A broker learns of a new topic a moment after the controller has made it. */
    private boolean answer(Map<TopicPartition, OffsetSpec> partitions, boolean lastTry) {
        try {
            await(admin.listOffsets(partitions).all());
            return true;
        } catch (ConfigurationException e) {
            if (lastTry || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            return false;
        }
    }

    private List<String> differences(Topic<?> topic) {
        List<String> found = new ArrayList<>();
        int partitions = partitions(topic);
        if (partitions != topic.partitions()) {
            found.add(difference(topic, "partitions", partitions, topic.partitions()));
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        var actual = await(admin.describeConfigs(List.of(resource)).all()).get(resource);
        topic.topicConfig()
                .forEach(
                        (name, wanted) -> {
                            String value = actual.get(name).value();
                            if (!wanted.equals(value)) {
                                found.add(difference(topic, name, value, wanted));
                            }
                        });
        return found;
    }

    private static String difference(Topic<?> topic, String what, Object actual, Object wanted) {
        return "topic "
                + topic.name()
                + " has "
                + what
                + " "
                + actual
                + " on the cluster, Labelworth expects "
                + wanted;
    }

    private void requireKafka4() {
        if (finalizedFeature("group.version") < 1) {
            throw new ConfigurationException(
                    "the cluster at "
                            + settings.bootstrapServers()
                            + " has no consumer groups of the new protocol; Labelworth needs Kafka 4.0 or later");
        }
    }

    private int finalizedFeature(String name) {
        var range = await(admin.describeFeatures().featureMetadata()).finalizedFeatures().get(name);
        return range == null ? 0 : range.maxVersionLevel();
    }

    private ConfigurationException unreachable(Throwable cause) {
        return new ConfigurationException(
                "the Kafka cluster at "
                        + settings.bootstrapServers()
                        + " did not answer as expected ("
                        + cause.getClass().getSimpleName()
                        + ": "
                        + cause.getMessage()
                        + "); check --bootstrap-servers and that the brokers are up",
                cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
