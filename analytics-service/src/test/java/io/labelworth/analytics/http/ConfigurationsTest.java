package io.labelworth.analytics.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.analytics.Results;
import io.labelworth.analytics.rest.Json;
import io.labelworth.analytics.topology.RunStore;
import io.labelworth.analytics.view.Views;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.HttpAddress;
import io.labelworth.kafka.Metrics;
import io.labelworth.kafka.ServiceState;
import io.labelworth.schemas.event.Accuracy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances over HTTP; who has what is said by the test, as Kafka Streams does. */
class ConfigurationsTest {

    /** What an instance believes. */
    private static final class Belief implements RunStore {
        private HostInfo here;
        private HostInfo owner;
        private boolean restoring;
        private int asked;

        @Override
        public Optional<HostInfo> owner(String configurationId) {
            asked++;
            return Optional.ofNullable(owner);
        }

        @Override
        public boolean isHere(HostInfo host) {
            return host.equals(here);
        }

        @Override
        public Optional<List<Accuracy>> runs(String configurationId) {
            if (restoring) {
                throw new InvalidStateStoreException("restoring");
            }
            return configurationId.equals("known id")
                    ? Optional.of(List.of(Results.hard(10, 1, 0.5).build()))
                    : Optional.empty();
        }
    }

    private final List<DashboardServer> servers = new ArrayList<>();
    private final List<Metrics> metrics = new ArrayList<>();
    private final Belief one = new Belief();
    private final Belief two = new Belief();
    private final int portOfOne = start(one);
    private final int portOfTwo = start(two);

    @AfterEach
    void stop() {
        servers.forEach(DashboardServer::close);
        metrics.forEach(Metrics::close);
    }

    @Test
    void whoLacksItAsksWhoHasIt() throws Exception {
        one.owner = two.here;
        two.owner = two.here;

        HttpResponse<String> response = get(portOfOne, "known%20id");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Json.parse(response.body()).at("/summary/test/n").asInt()).isEqualTo(1);
        assertThat(Json.parse(response.body()).get("runs")).hasSize(1);
        assertThat(get(portOfOne, "unknown").statusCode()).isEqualTo(404);
        assertThat(get(portOfOne, "unknown").body()).contains("no run of a configuration unknown");
    }

    @Test
    void instancesThatDisagreeAskEachOtherOnceOnly() throws Exception {
        one.owner = two.here;
        two.owner = one.here;

        HttpResponse<String> response = get(portOfOne, "known%20id");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(one.asked).isEqualTo(1);
        assertThat(two.asked).isEqualTo(1);
    }

    @Test
    void whileNobodyHasItReadyTheAnswerIsToComeBack() throws Exception {
        assertThat(get(portOfOne, "known%20id").statusCode()).isEqualTo(503);

        one.owner = one.here;
        one.restoring = true;
        assertThat(get(portOfOne, "known%20id").statusCode()).isEqualTo(503);

        servers.get(1).close();
        one.owner = two.here;
        HttpResponse<String> dead = get(portOfOne, "known%20id");
        assertThat(dead.statusCode()).isEqualTo(503);
        assertThat(dead.body()).contains("does not answer");
    }

    private int start(Belief belief) {
        Metrics own = new Metrics();
        Views views = Views.empty();
        DashboardServer server =
                new DashboardServer(
                        HttpAddress.loopback(0),
                        own,
                        Endpoints.of(views, null, belief),
                        views,
                        () -> true,
                        () -> List.of(new Health(ServiceState.RUNNING, "part")),
                        config -> {});
        server.start();
        servers.add(server);
        metrics.add(own);
        belief.here = new HostInfo(HttpAddress.LOOPBACK, server.port());
        return server.port();
    }

    private static HttpResponse<String> get(int port, String id) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + port
                                                        + "/api/configurations/"
                                                        + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
