package io.labelworth.kafka;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs a service as a process of its own: start, answer {@code /health} and {@code /metrics}, wait
 * until it fails or the process is asked to stop, and say in one line why it ended.
 */
public final class ServiceHost {

    /** Stopped as asked. */
    public static final int DONE = 0;

    /** Could not start, or failed. */
    public static final int FAILED = 1;

    private static final Duration WATCH = Duration.ofMillis(250);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(20);

    private final PrintStream out;
    private final PrintStream err;

    /** A host that speaks to the given streams, normally the process's own. */
    public ServiceHost(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a service that serves HTTP itself, until failure or SIGTERM.
     *
     * @param name name for messages
     * @param factory builds the service, which measures itself with the metrics it is given; what
     *     it throws ends the run
     * @return exit code, {@link #DONE} or {@link #FAILED}
     */
    public int run(String name, Function<Metrics, ? extends Service> factory) {
        return host(name, factory, (service, metrics) -> null);
    }

    /**
     * Runs a service and its endpoint until failure or SIGTERM.
     *
     * @param name name for messages
     * @param address where {@code /health}, {@code /metrics} and the service's own routes are
     * @param factory builds the service, which measures itself with the metrics it is given; what
     *     it throws ends the run
     * @return exit code, {@link #DONE} or {@link #FAILED}
     */
    public int run(String name, HttpAddress address, Function<Metrics, ? extends Service> factory) {
        return host(
                name,
                factory,
                (service, metrics) -> {
                    ServiceEndpoint endpoint =
                            new ServiceEndpoint(
                                    address, metrics, service::parts, service::addRoutes);
                    endpoint.start();
                    return endpoint;
                });
    }

    /**
     * @param opener opens what answers for the service; null where it does so itself
     */
    private int host(
            String name,
            Function<Metrics, ? extends Service> factory,
            BiFunction<Service, Metrics, ServiceEndpoint> opener) {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopInOrder(asked, ended), name + "-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Metrics metrics = new Metrics();
                Service service = factory.apply(metrics);
                ServiceEndpoint endpoint = opener.apply(service, metrics)) {
            service.start();
            out.println(
                    name
                            + " is running"
                            + (endpoint == null
                                    ? ""
                                    : "; health and metrics at port " + endpoint.port()));
            return await(service, asked);
        } catch (RuntimeException e) {
            err.println(name + ": " + firstLine(e));
            return FAILED;
        } finally {
            ended.countDown();
            removeUnlessStopping(hook);
        }
    }

    private int await(Service service, CountDownLatch asked) {
        try {
            while (!asked.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                Health health = service.health();
                if (health.state() == ServiceState.FAILED) {
                    err.println(health.detail());
                    return FAILED;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return DONE;
    }

    /** The JVM halts when its hooks return, so this one waits for the services to have closed. */
    private static void stopInOrder(CountDownLatch asked, CountDownLatch ended) {
        asked.countDown();
        try {
            ended.await(SHUTDOWN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeUnlessStopping(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is already stopping: the hook is what ended the wait.
        }
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
