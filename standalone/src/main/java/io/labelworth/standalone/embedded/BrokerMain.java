package io.labelworth.standalone.embedded;

import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main of the broker's JVM: formats its storage on first use, then serves until it is stopped. */
public final class BrokerMain {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

    private BrokerMain() {}

    /**
     * @param args the storage directory, the port for clients, and the controller's port
     */
    public static void main(String[] args) {
        try {
            LeaderlessPartitions.keepMarkers();
            BrokerStorage.formatIfNew(Path.of(args[0]));
            KafkaRaftServer server =
                    new KafkaRaftServer(
                            KafkaConfig.fromProps(
                                    properties(
                                            args[0],
                                            Integer.parseInt(args[1]),
                                            Integer.parseInt(args[2]))),
                            Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
            server.startup();
            server.awaitShutdown();
        } catch (Exception e) {
            LOG.error("the broker cannot run: {}", rootCause(e).toString(), e);
            System.exit(1);
        }
    }

    private static Properties properties(String storage, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(BrokerSettings.of(storage, port, controllerPort));
        return properties;
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
