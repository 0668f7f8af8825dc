package io.labelworth.standalone.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * The loopback ports of a cluster.
 *
 * @param broker where clients reach the broker
 * @param controller where the broker's own KRaft controller listens
 * @param registry where the registry answers HTTP
 */
record ClusterPorts(int broker, int controller, int registry) {

    // Below the ephemeral range of Linux (32768) and macOS (49152): no outgoing connection takes
    // such a port while the broker restarts.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    /** Three different free ports. */
    static ClusterPorts pick(RandomGenerator random, IntPredicate isFree) {
        int[] ports =
                random.ints(TRIES, LOWEST, HIGHEST).distinct().filter(isFree).limit(3).toArray();
        if (ports.length < 3) {
            throw new EmbeddedClusterException(
                    "found no free ports between "
                            + LOWEST
                            + " and "
                            + HIGHEST
                            + " on 127.0.0.1; stop what takes them");
        }
        return new ClusterPorts(ports[0], ports[1], ports[2]);
    }

    /** The same ports where they are free, so that clients of a restarted cluster reconnect. */
    ClusterPorts keptWhereFree(RandomGenerator random, IntPredicate isFree) {
        ClusterPorts other =
                pick(
                        random,
                        port ->
                                port != broker
                                        && port != controller
                                        && port != registry
                                        && isFree.test(port));
        return new ClusterPorts(
                isFree.test(broker) ? broker : other.broker,
                isFree.test(controller) ? controller : other.controller,
                isFree.test(registry) ? registry : other.registry);
    }

    /** Whether nobody listens on a loopback port. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of an earlier run that linger in TIME_WAIT do not take the port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
