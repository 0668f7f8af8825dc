package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.kafka.EventProducer;
import io.labelworth.kafka.TransactionAbortedException;
import io.labelworth.labeler.LabelingSession.Turn;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.SoftLabel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a session commits, by Kafka's own mock clients: a failing broker is hard to have on time.
 */
class LabelingSessionTest {

    // The mock producer without a cluster acknowledges everything on partition 0.
    private static final TopicPartition PARTITION = new TopicPartition(Topics.IMAGE_REFS.name(), 0);
    private static final byte[] PIXELS = {7};
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path root;
    private final MockConsumer<String, Decoded<ImageRef>> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, SpecificRecord> kafka =
            new MockProducer<>(
                    true, null, (topic, key) -> new byte[0], (topic, value) -> new byte[0]);
    private final EventProducer producer = new EventProducer(kafka);
    private LabelingSession session;
    private final CountDownLatch inferring = new CountDownLatch(1);
    private volatile boolean networkFails;
    private volatile boolean covered = true;
    private volatile CountDownLatch networkWaits = new CountDownLatch(0);

    @BeforeEach
    void joinWithOneImageAndOneBadOne() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(17);
        file.putInt(0x803).putInt(1).putInt(1).putInt(1).put(PIXELS);
        Files.write(root.resolve("images"), file.array());
        session = session();
        kafka.initTransactions();
        consumer.rebalance(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        deliver();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void labelsProgressLettersAndOffsetsAreOneTransaction() throws Exception {
        stepUntilCommitted(1);

        assertThat(kafka.commitCount()).isEqualTo(1);
        assertThat(kafka.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("soft-labels", "dead-letters", "labeling-progress");
        ProducerRecord<String, SpecificRecord> label = kafka.history().get(0);
        assertThat(label.partition()).isEqualTo(PARTITION.partition());
        assertThat(((SoftLabel) label.value()).getImageRefOffset()).isZero();
        LabelingProgress progress = (LabelingProgress) kafka.history().get(2).value();
        assertThat(progress.getNextImageRefOffset()).isEqualTo(2);
        assertThat(progress.getFirstLabelOffset()).isZero();
        assertThat(progress.getNextLabelOffset()).isEqualTo(1);
        assertThat(progress.getLabelled()).isEqualTo(1);
        assertThat(progress.getFailed()).isEqualTo(1);
        assertThat(kafka.consumerGroupOffsetsHistory().get(0).values())
                .allSatisfy(offsets -> assertThat(offsets.get(PARTITION).offset()).isEqualTo(2));
    }

    @Test
    void whatTheExpertHasNothingToSayOfIsSkippedAndCountedOnce() throws Exception {
        // Given: an abort, so that it is read twice
        covered = false;
        kafka.commitTransactionException = new KafkaException("the coordinator is away");
        stepUntil(TransactionAbortedException.class);
        kafka.commitTransactionException = null;
        deliver();

        // When
        stepUntilCommitted(1);

        // Then: neither labels nor letters, not even of the image that cannot be read
        assertThat(kafka.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("labeling-progress");
        LabelingProgress progress = (LabelingProgress) kafka.history().get(0).value();
        assertThat(progress.getSkipped()).isEqualTo(2);
        assertThat(progress.getFailed()).isZero();
        assertThat(progress.getLabelled()).isZero();
        assertThat(progress.getFirstLabelOffset()).isEqualTo(-1);
        assertThat(progress.getNextImageRefOffset()).isEqualTo(2);
    }

    @Test
    void anAbortedBatchIsReadAgainAndCountedOnce() throws Exception {
        // Given a commit that fails
        kafka.commitTransactionException = new KafkaException("the coordinator is away");
        stepUntil(TransactionAbortedException.class);
        kafka.commitTransactionException = null;
        assertThat(consumer.position(PARTITION)).isZero();
        deliver();

        // When
        stepUntilCommitted(1);

        // Then
        LabelingProgress progress = (LabelingProgress) kafka.history().get(2).value();
        assertThat(kafka.commitCount()).isEqualTo(1);
        assertThat(progress.getLabelled()).isEqualTo(1);
        assertThat(progress.getNextImageRefOffset()).isEqualTo(2);
    }

    @Test
    void aBatchWhoseNetworkFailsIsReadAgain() throws Exception {
        // Given
        networkFails = true;

        // When
        stepUntil(CheckpointRefusedException.class);

        // Then
        assertThat(consumer.position(PARTITION)).isZero();
        networkFails = false;
        deliver();
        stepUntilCommitted(1);
        assertThat(((LabelingProgress) kafka.history().get(2).value()).getNextImageRefOffset())
                .isEqualTo(2);
    }

    @Test
    void aPartitionTakenAwayBeforeItsCommitIsNotCommitted() throws Exception {
        // Given a batch at the network
        networkWaits = new CountDownLatch(1);
        while (session.step() == Turn.IDLE || inferring.getCount() > 0) {
            Thread.onSpinWait();
        }

        // When
        consumer.rebalance(List.of());
        session.step();
        networkWaits.countDown();

        // Then
        while (session.step() == Turn.BUSY) {
            Thread.onSpinWait();
        }
        assertThat(kafka.commitCount()).isZero();
    }

    @Test
    void nothingPolledIsNothingCommitted() throws Exception {
        stepUntilCommitted(1);

        while (session.step() == Turn.BUSY) {
            Thread.onSpinWait();
        }
        assertThat(kafka.commitCount()).isEqualTo(1);
    }

    private void stepUntilCommitted(long commits) throws CheckpointRefusedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (session.commits() < commits) {
            session.step();
            assertThat(System.nanoTime()).as("committed in time").isLessThan(deadline);
        }
    }

    private void stepUntil(Class<? extends Exception> failure) {
        assertThatThrownBy(() -> stepUntilCommitted(Long.MAX_VALUE)).isInstanceOf(failure);
    }

    private LabelingSession session() {
        AnnouncedCheckpoint checkpoint =
                new AnnouncedCheckpoint(
                        Announcements.at(0, Announcements.checkpoint("expert", "a".repeat(64))));
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        DeadLetters deadLetters = new DeadLetters(clock, "worker");
        Expert expert =
                new Expert(
                        checkpoint.event(),
                        LabelCodecs.parse("fp32"),
                        PIXELS.length,
                        2,
                        0,
                        image -> covered,
                        images -> logits(images.stream().map(ImageInput::pixels).toList()),
                        () -> {});
        ProgressView progress = new ProgressView(Progress.TOPICS);
        RetryRequests retries = new RetryRequests();
        Settled<RetryRequests> settledRetries =
                new Settled<>("dead-letters", Map::of, retries.positions(), retries);
        ImageReader reader =
                new ImageReader(expert, new ImageStore(root), Optional.empty(), deadLetters);
        return new LabelingSession(
                new LabelingSession.Parts(
                        "worker",
                        expert,
                        2,
                        consumer,
                        new Assignment(
                                checkpoint,
                                consumer,
                                new Settled<>(
                                        "labeling-progress",
                                        Map::of,
                                        progress.positions(),
                                        progress),
                                settledRetries),
                        new BatchBuilder(reader, 2),
                        new LabelEncoder(expert, reader),
                        new BatchCommit(checkpoint.event(), Progress.TOPICS, "worker", clock),
                        new Retries(
                                checkpoint.labellingId(),
                                retries,
                                () -> {
                                    throw new IllegalStateException("nothing to try again");
                                })),
                producer,
                new LabelerMetrics(new SimpleMeterRegistry()));
    }

    private float[][] logits(List<byte[]> images) {
        if (networkFails) {
            throw new IllegalStateException("sizes do not match");
        }
        inferring.countDown();
        try {
            networkWaits.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new float[images.size()][2];
    }

    private void deliver() {
        ImageRef.Builder ref =
                ImageRef.newBuilder()
                        .setDataset("tiny")
                        .setDatasetVersion("tiny-1")
                        .setSplit("train")
                        .setImageId("image")
                        .setSha256(Sha256.of(PIXELS))
                        .setImageClass(0)
                        .setRank(0);
        consumer.addRecord(record(0, ref.setUri("images#0").build()));
        consumer.addRecord(record(1, ref.setUri("none#0").build()));
    }

    private static ConsumerRecord<String, Decoded<ImageRef>> record(long offset, ImageRef ref) {
        return new ConsumerRecord<>(
                PARTITION.topic(), PARTITION.partition(), offset, "key", Decoded.of(ref));
    }
}
