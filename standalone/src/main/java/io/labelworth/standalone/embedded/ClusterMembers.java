package io.labelworth.standalone.embedded;

import io.labelworth.standalone.embedded.process.ChildException;
import io.labelworth.standalone.embedded.process.RestartBudget;
import io.labelworth.standalone.embedded.process.SupervisedChild;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Broker and registry on one set of ports. */
final class ClusterMembers {

    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final int RESTARTS = 3;
    private static final Duration RESTART_WINDOW = Duration.ofMinutes(10);

    // Together below the 10 s after which everything must be gone.
    private static final Duration REGISTRY_GRACE = Duration.ofSeconds(3);
    private static final Duration BROKER_GRACE = Duration.ofSeconds(5);

    private final SupervisedChild broker;
    private final SupervisedChild registry;

    /**
     * @param givenUp told when one of the two has died for good
     */
    ClusterMembers(
            DataDirectory data, ClusterPorts ports, Clock clock, Consumer<ChildException> givenUp) {
        this.broker =
                new SupervisedChild(
                        ClusterCommands.broker(data, ports),
                        () -> ClusterProbes.brokerServes(ports.broker()),
                        START_LIMIT,
                        new RestartBudget(RESTARTS, RESTART_WINDOW, clock),
                        givenUp);
        this.registry =
                new SupervisedChild(
                        ClusterCommands.registry(data, ports),
                        () -> ClusterProbes.registryServes(registryUrl(ports)),
                        START_LIMIT,
                        new RestartBudget(RESTARTS, RESTART_WINDOW, clock),
                        givenUp);
    }

    static String bootstrapServers(ClusterPorts ports) {
        return "127.0.0.1:" + ports.broker();
    }

    static String registryUrl(ClusterPorts ports) {
        return "http://127.0.0.1:" + ports.registry() + "/apis/ccompat/v7";
    }

    /**
     * Starts both at once, neither needs the other, and waits for them in order. When one fails the
     * other is stopped.
     *
     * @throws ChildException when one does not come up
     */
    void start(Consumer<String> progress) throws InterruptedException {
        try {
            broker.launch();
            registry.launch();
            broker.awaitReady();
            progress.accept("broker ready (pid " + broker.pid() + ")");
            registry.awaitReady();
            progress.accept("schema registry ready (pid " + registry.pid() + ")");
            broker.supervise();
            registry.supervise();
        } catch (ChildException | InterruptedException e) {
            stop();
            throw e;
        }
    }

    boolean brokerIsReady() {
        return broker.isReady();
    }

    boolean registryIsReady() {
        return registry.isReady();
    }

    /** Stops the registry, then the broker. */
    void stop() {
        registry.stop(REGISTRY_GRACE);
        broker.stop(BROKER_GRACE);
    }
}
