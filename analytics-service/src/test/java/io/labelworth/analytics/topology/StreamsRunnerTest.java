package io.labelworth.analytics.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class StreamsRunnerTest {

    @Test
    void exactnessWinsOverTheUsersSettingsAndTheRestIsTheirs() {
        KafkaSettings settings =
                new KafkaSettings(
                        "broker:9092",
                        "http://registry",
                        Map.of(
                                "processing.guarantee", "at_least_once",
                                "group.protocol", "streams",
                                "commit.interval.ms", "1000",
                                "security.protocol", "SSL"),
                        Map.of());

        Properties properties =
                StreamsRunner.properties(settings, Path.of("/state"), new HostInfo("host", 80));

        assertThat(properties)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("group.protocol", "classic")
                .containsEntry("commit.interval.ms", "1000")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("state.dir", "/state")
                .containsEntry("application.server", "host:80")
                .doesNotContainKey("replication.factor");
    }
}
