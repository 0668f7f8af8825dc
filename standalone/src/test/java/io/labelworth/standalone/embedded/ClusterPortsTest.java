package io.labelworth.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterPortsTest {

    private final Random random = new Random(7);

    @Test
    void portsAreDifferentAndBelowTheEphemeralRange() {
        // Given every port is free
        // When
        ClusterPorts ports = ClusterPorts.pick(random, port -> true);

        // Then
        assertThat(IntStream.of(ports.broker(), ports.controller(), ports.registry()))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_000));
    }

    @Test
    void aRestartKeepsFreePortsAndReplacesTakenOnes() {
        // Given the former broker port has been taken
        ClusterPorts last = new ClusterPorts(20_001, 20_002, 20_003);

        // When
        ClusterPorts next = last.keptWhereFree(random, port -> port != 20_001);

        // Then
        assertThat(next.controller()).isEqualTo(20_002);
        assertThat(next.registry()).isEqualTo(20_003);
        assertThat(next.broker()).isNotIn(20_001, 20_002, 20_003);
    }

    @Test
    void noFreePortIsSaidInOneLine() {
        // Given nothing is free
        // When / Then
        assertThatThrownBy(() -> ClusterPorts.pick(random, port -> false))
                .isInstanceOf(EmbeddedClusterException.class)
                .hasMessageContaining("no free ports")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aPortSomebodyListensOnIsNotFree() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            boolean free = ClusterPorts.isFree(taken.getLocalPort());

            // Then
            assertThat(free).isFalse();
        }
    }
}
