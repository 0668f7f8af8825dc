package io.labelworth.standalone.embedded;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of the embedded broker: one node that is broker and KRaft controller, on loopback, small
 * in memory, and quick to notice a client that died.
 */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerSettings() {}

    /**
     * @param storage directory of the broker's storage
     * @param port loopback port for clients
     * @param controllerPort loopback port of the controller
     */
    static Map<String, String> of(String storage, int port, int controllerPort) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("log.dirs", storage);
        settings.putAll(node(port, controllerPort));
        settings.putAll(internalTopics());
        settings.putAll(clientsThatDie());
        settings.putAll(smallFootprint());
        return settings;
    }

    private static Map<String, String> node(int port, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "listeners",
                "PLAINTEXT://127.0.0.1:"
                        + port
                        + ","
                        + CONTROLLER_LISTENER
                        + "://127.0.0.1:"
                        + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "controller.quorum.voters",
                NODE_ID + "@127.0.0.1:" + controllerPort,
                // A topic that a typing error creates would have the wrong partitions and policy.
                "auto.create.topics.enable",
                "false");
    }

    private static Map<String, String> internalTopics() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // A labelling's group that was idle for a week must not relabel everything.
        settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
        return settings;
    }

    private static Map<String, String> clientsThatDie() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("group.consumer.min.session.timeout.ms", "5000");
        settings.put("group.consumer.session.timeout.ms", "6000");
        settings.put("group.consumer.min.heartbeat.interval.ms", "1000");
        settings.put("group.consumer.heartbeat.interval.ms", "1500");
        settings.put("group.share.min.session.timeout.ms", "5000");
        settings.put("group.share.session.timeout.ms", "6000");
        settings.put("group.share.min.heartbeat.interval.ms", "1000");
        settings.put("group.share.heartbeat.interval.ms", "1000");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // After kill -9 the broker waits for its own former registration to expire.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }

    private static Map<String, String> smallFootprint() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "log.cleaner.dedupe.buffer.size", "16777216",
                "log.index.size.max.bytes", "1048576");
    }
}
