package io.labelworth.analytics.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.analytics.Results;
import org.junit.jupiter.api.Test;

class AvroJsonTest {

    @Test
    void eventsAreJsonWithTheNamesOfTheSchemaAndNoTypeWrappers() {
        String json = AvroJson.of(Results.soft("e1", 10, 1, 0.5).build()).toString();

        assertThat(json)
                .contains("\"checkpointId\":\"e1\"")
                .contains("\"testAccuracy\":0.5")
                .contains("\"replayOf\":null")
                .contains("\"student\":{\"name\":\"convnet\",\"parameters\":{\"depth\":\"3\"")
                .contains("\"measuredAt\":\"1970-01-01T00:00:00Z\"");
    }
}
