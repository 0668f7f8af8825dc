package io.labelworth.standalone.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks broker and registry whether they serve, the way their clients would. */
final class ClusterProbes {

    private static final int LIMIT_MS = 2_000;

    private ClusterProbes() {}

    /** Whether the broker is registered with its controller and answers an admin client. */
    static boolean brokerServes(int port) {
        // Kafka's client logs a warning for every refused connection; a socket does not.
        return listens(port) && describesCluster(port);
    }

    /** Whether the registry answers its Confluent API. */
    static boolean registryServes(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url + "/subjects").toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MS);
            connection.setReadTimeout(LIMIT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean describesCluster(int port) {
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "127.0.0.1:" + port,
                        AdminClientConfig.CLIENT_ID_CONFIG,
                        "labelworth-probe",
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        LIMIT_MS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        LIMIT_MS,
                        AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                        50);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get(LIMIT_MS, TimeUnit.MILLISECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
