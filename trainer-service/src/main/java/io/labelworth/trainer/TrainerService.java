package io.labelworth.trainer;

import io.labelworth.kafka.Cluster;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.KafkaSettings;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.kafka.ServiceState;
import io.labelworth.learning.data.Datasets;
import io.labelworth.schemas.Topics;
import io.labelworth.trainer.planner.Planner;
import io.labelworth.trainer.planner.PlannerSettings;
import io.labelworth.trainer.run.DatasetCatalog;
import io.labelworth.trainer.view.ImageRefFollower;
import io.labelworth.trainer.view.LabelView;
import io.labelworth.trainer.view.PinnedView;
import io.labelworth.trainer.worker.RunSlot;
import io.labelworth.trainer.worker.RunStates;
import io.labelworth.trainer.worker.StudentRunExecutor;
import io.labelworth.trainer.worker.TrainerGroup;
import io.labelworth.trainer.worker.TrainerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A trainer: a planner candidate, the label view, and the workers. */
public final class TrainerService implements Service {

    private static final Logger log = LoggerFactory.getLogger(TrainerService.class);
    private static final int LABELLINGS_KEPT = 64;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PIN_PATIENCE = Duration.ofSeconds(60);

    private final TrainerSettings settings;
    private final KafkaSettings kafka;
    private final DatasetCatalog datasets;
    private final TrainerMetrics metrics;
    private final Clock clock;
    private final List<RunSlot> slots = new ArrayList<>();
    private final List<ServiceLoop> loops = new ArrayList<>();
    private KafkaConnection connection;
    private LabelView view;
    private volatile ServiceState state = ServiceState.NEW;

    /**
     * A trainer that is not yet started.
     *
     * @param datasets the datasets that runs may be about; their files are under the data root
     * @param meters where it measures itself
     */
    public TrainerService(
            TrainerSettings settings,
            KafkaSettings kafka,
            Datasets datasets,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.datasets = new DatasetCatalog(datasets, settings.dataRoot());
        this.metrics = new TrainerMetrics(meters);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "trainer";
    }

    /**
     * Starts planning and training.
     *
     * @throws io.labelworth.kafka.ConfigurationException when the cluster is not as it must be
     * @throws io.labelworth.schemas.SchemaRegistryException when the registry is not
     * @throws io.labelworth.trainer.view.ViewException when the label view cannot be opened
     */
    @Override
    public synchronized void start() {
        connection = KafkaConnection.open(kafka);
        Cluster cluster = connection.cluster();
        view =
                LabelView.open(
                        settings.stateDir().resolve("label-view"),
                        Map.of(
                                Topics.IMAGE_REFS.name(), cluster.topicId(Topics.IMAGE_REFS),
                                Topics.SOFT_LABELS.name(), cluster.topicId(Topics.SOFT_LABELS)));
        EventConsumers consumers = connection.consumers();
        String client = "trainer." + settings.instance();
        RunStates states = new RunStates(connection, client + ".states");
        loop("run-states", states);
        loop("image-refs", new ImageRefFollower(consumers, view, client + ".image-refs"));
        workers(states, client);
        loop(
                "planner",
                new Planner(
                        connection,
                        PlannerSettings.forWorkers(settings.workers()),
                        datasets::info,
                        clock,
                        client + ".planner"));
        loops.forEach(ServiceLoop::start);
        state = ServiceState.RUNNING;
        log.info("started instance={} workers={}", settings.instance(), settings.workers());
    }

    private void workers(RunStates states, String client) {
        TrainerGroup group = TrainerGroup.on(connection);
        PinnedView pinned =
                new PinnedView(
                        view,
                        connection.consumers(),
                        client + ".labels",
                        LABELLINGS_KEPT,
                        PIN_PATIENCE);
        for (int i = 0; i < settings.workers(); i++) {
            String worker = settings.worker(i);
            StudentRunExecutor executor =
                    new StudentRunExecutor(pinned, datasets, settings.device(i), metrics, clock);
            RunSlot slot = new RunSlot(worker, group, executor, states, connection, metrics, clock);
            slots.add(slot);
            loop(worker, slot);
        }
    }

    private void loop(String name, ServiceLoop.Work work) {
        loops.add(new ServiceLoop(name, work));
    }

    /** At work while every one of its loops is. */
    @Override
    public Health health() {
        if (state != ServiceState.RUNNING) {
            return new Health(state, name());
        }
        return parts().stream()
                .filter(part -> !part.up())
                .findFirst()
                .orElse(
                        new Health(
                                ServiceState.RUNNING,
                                name() + " with " + settings.workers() + " workers"));
    }

    /** Each of its loops: the planner, the views, and every worker. */
    @Override
    public List<Health> parts() {
        return state == ServiceState.RUNNING
                ? loops.stream().map(ServiceLoop::health).toList()
                : List.of(health());
    }

    @Override
    public synchronized void close() {
        if (state == ServiceState.STOPPED) {
            return;
        }
        state = ServiceState.STOPPING;
        boolean ended = closeLoops() && slots.stream().noneMatch(RunSlot::trainingGoesOn);
        if (view != null && ended) {
            view.close();
        } else if (view != null) {
            // Closing it under a reader would crash the process; it is on disk all the same.
            log.warn("a worker did not stop in time; the label view is left open for it");
        }
        if (connection != null) {
            connection.close();
        }
        state = ServiceState.STOPPED;
    }

    /** Closes the loops side by side; false when some go on after {@link #CLOSE_PATIENCE}. */
    private boolean closeLoops() {
        ExecutorService closers = Executors.newCachedThreadPool();
        loops.forEach(loop -> closers.execute(loop::close));
        closers.shutdown();
        try {
            return closers.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
