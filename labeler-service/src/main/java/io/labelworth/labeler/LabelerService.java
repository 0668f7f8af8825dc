package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.KafkaConnection;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.kafka.ServiceState;
import io.labelworth.kafka.TopicFollower;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.LabelingProgress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.IsolationLevel;

/**
 * The labeler: gives every announced expert checkpoint a consumer group over image-refs, and turns
 * each image into one soft label of it. Several labelers on a cluster share the work.
 */
public final class LabelerService implements Service {

    private final LabelerSettings settings;
    private final KafkaConnection kafka;
    private final Clock clock;
    private final List<ServiceLoop> followers = new ArrayList<>();
    private final List<ServiceLoop> workers = new ArrayList<>();
    private volatile ServiceState state = ServiceState.NEW;

    /**
     * A labeler that is not yet started.
     *
     * @param kafka stays the caller's, who closes it after this service
     */
    public LabelerService(LabelerSettings settings, KafkaConnection kafka, Clock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "labeler";
    }

    /**
     * Starts the work.
     *
     * @throws ConfigurationException when the roots or topics are not as they must be
     */
    @Override
    public synchronized void start() {
        if (state != ServiceState.NEW) {
            throw new IllegalStateException("the labeler was started before");
        }
        requireUsable();
        build();
        followers.forEach(ServiceLoop::start);
        workers.forEach(ServiceLoop::start);
        state = ServiceState.RUNNING;
    }

    @Override
    public synchronized Health health() {
        List<ServiceLoop> parts = new ArrayList<>(followers);
        parts.addAll(workers);
        return parts.stream()
                .map(ServiceLoop::health)
                .filter(health -> health.state() == ServiceState.FAILED)
                .findFirst()
                .orElseGet(
                        () ->
                                new Health(
                                        state,
                                        "labeler "
                                                + settings.instance()
                                                + ", workers "
                                                + settings.workers()));
    }

    @Override
    public synchronized void close() {
        state = ServiceState.STOPPED;
        workers.parallelStream().forEach(ServiceLoop::close);
        followers.parallelStream().forEach(ServiceLoop::close);
    }

    private void build() {
        EventConsumers consumers = kafka.consumers();
        TopicIds topicIds = TopicIds.of(kafka.cluster());
        CheckpointBoard board = new CheckpointBoard();
        ProgressView progress = new ProgressView(topicIds);
        ImageRefsEnd end = new ImageRefsEnd(new TopicEnds(kafka.cluster(), Topics.IMAGE_REFS));
        Backlog backlog =
                new Backlog(progress, end::ends, settings.batch(), settings.patience(), clock);
        TopicFollower<ExpertCheckpoint> checkpoints =
                new TopicFollower<>(
                        consumers, Topics.EXPERT_CHECKPOINTS, clientId("checkpoints"), board);
        TopicFollower<LabelingProgress> progresses =
                new TopicFollower<>(
                        consumers, Topics.LABELING_PROGRESS, clientId("progress"), progress);
        followers.add(new ServiceLoop(clientId("checkpoints"), checkpoints));
        followers.add(new ServiceLoop(clientId("progress"), progresses));
        followers.add(new ServiceLoop(clientId("image-refs"), end));

        BooleanSupplier ready =
                () -> checkpoints.caughtUp() && progresses.caughtUp() && !end.ends().isEmpty();
        TopicEnds progressEnds = new TopicEnds(kafka.cluster(), Topics.LABELING_PROGRESS);
        SettledProgress settled =
                new SettledProgress(
                        () -> progressEnds.now(IsolationLevel.READ_UNCOMMITTED), progress);
        LabelingSessions sessions = new LabelingSessions(settings, kafka, topicIds, settled, clock);
        Refusals refusals = new Refusals(kafka, settings, clock);
        for (int slot = 0; slot < settings.workers(); slot++) {
            LabelWorker worker =
                    new LabelWorker(
                            slot,
                            sessions,
                            board,
                            backlog,
                            refusals,
                            new Setbacks(settings, clock),
                            ready);
            workers.add(new ServiceLoop(clientId("worker-" + slot), worker));
        }
    }

    private String clientId(String part) {
        return "labeler-" + settings.instance() + "-" + part;
    }

    /** A wrong root would dead-letter every image; other partition counts would misplace labels. */
    private void requireUsable() {
        if (!Files.isDirectory(settings.dataRoot())) {
            throw new ConfigurationException(
                    "the data root "
                            + settings.dataRoot()
                            + " is not a directory; set "
                            + LabelerSettings.DATA_ROOT);
        }
        int imageRefs = kafka.cluster().partitions(Topics.IMAGE_REFS);
        int softLabels = kafka.cluster().partitions(Topics.SOFT_LABELS);
        if (imageRefs != softLabels) {
            throw new ConfigurationException(
                    "image-refs has "
                            + imageRefs
                            + " partitions and soft-labels "
                            + softLabels
                            + "; labels follow their image's partition, so create both with the same");
        }
    }
}
