package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServiceHostTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ServiceHost host =
            new ServiceHost(
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void aServiceThatFailsEndsTheProcessWithOneLineAndIsClosed() {
        FailingService service = new FailingService();

        int exit = host.run("labeler", HttpAddress.loopback(0), metrics -> service);

        assertThat(exit).isEqualTo(ServiceHost.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("labeler failed: why\n");
        assertThat(service.closed).hasValue(1);
    }

    @Test
    void aServiceThatCannotBeBuiltEndsTheProcessWithOneLine() {
        int exit =
                host.run(
                        "labeler",
                        HttpAddress.loopback(0),
                        metrics -> {
                            throw new ConfigurationException("no brokers\nsecond line");
                        });

        assertThat(exit).isEqualTo(ServiceHost.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("labeler: no brokers\n");
    }

    private static final class FailingService implements Service {

        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public String name() {
            return "labeler";
        }

        @Override
        public void start() {}

        @Override
        public Health health() {
            return new Health(ServiceState.FAILED, "labeler failed: why");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
