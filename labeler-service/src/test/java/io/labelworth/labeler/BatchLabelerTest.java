package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.Decoded;
import io.labelworth.learning.data.ImageStore;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.schemas.event.ImageRef;
import io.labelworth.schemas.event.SoftLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of one pixel, 0 to 3; the network doubles the pixel, and fails to for pixel 3. */
class BatchLabelerTest {

    private static final int PIXEL_BYTES = 1;
    private static final ExpertCheckpoint CHECKPOINT =
            Announcements.checkpoint("expert", "a".repeat(64));

    @TempDir private Path root;

    @BeforeEach
    void writeImages() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(20);
        file.putInt(0x803).putInt(4).putInt(1).putInt(1).put(new byte[] {0, 1, 2, 3});
        Files.write(root.resolve("images"), file.array());
    }

    @Test
    void aLabelSaysWhatTheNetworkSaysAndWhereItsImageIs() throws Exception {
        LabelledBatch batch = label(List.of(record(17, ref(2).build())));

        LabelledBatch.Label label = batch.labels().get(0);
        SoftLabel event = label.event();
        assertThat(label.partition()).isEqualTo(5);
        assertThat(label.key()).isEqualTo("tiny/real/" + CHECKPOINT.getLabellingId() + "/image-2");
        assertThat(LabelCodecs.named("fp32").decode(event.getLogits().array(), 2))
                .containsExactly(0, 4);
        assertThat(event.getArgMax()).isEqualTo(1);
        // softmax(0, 4) = (0.01799, 0.98201): entropy -sum p ln p in nats.
        assertThat(event.getEntropy()).isEqualTo(0.0901f, within(1e-4f));
        assertThat(event.getImageRefPartition()).isEqualTo(5);
        assertThat(event.getImageRefOffset()).isEqualTo(17);
        assertThat(batch.letters()).isEmpty();
    }

    @Test
    void imagesOfOthersAndWithdrawnOnesAreNeitherLabelledNorFailed() throws Exception {
        LabelledBatch batch =
                label(
                        List.of(
                                record(0, ref(0).setDataset("another").build()),
                                record(1, ref(0).setDatasetVersion("tiny-2").build()),
                                record(2, ref(0).setWithdrawn(true).build())));

        assertThat(batch).isEqualTo(new LabelledBatch(List.of(), List.of()));
    }

    @Test
    void eachBadImageIsOneDeadLetterAndTheOthersAreLabelled() throws Exception {
        LabelledBatch batch =
                label(
                        List.of(
                                record(0, ref(0).build()),
                                record(1, ref(1).setSha256("0".repeat(64)).build()),
                                record(2, ref(1).setUri("none#1").build()),
                                record(3, ref(1).setUri("../images#1").build()),
                                record(4, ref(1).setUri("images#99").build()),
                                record(5, ref(1).setImageClass(2).build()),
                                record(6, ref(1).setImageId("a/b").build()),
                                record(7, Decoded.unreadable("no Avro")),
                                record(8, ref(3).build()),
                                record(9, ref(2).build())));

        assertThat(batch.labels())
                .extracting(label -> label.event().getImageId())
                .containsExactly("image-0", "image-2");
        assertThat(batch.letters())
                .extracting(DeadLetter::getKind)
                .containsExactlyInAnyOrder(
                        "wrong-hash",
                        "missing-file",
                        "outside-root",
                        "undecodable",
                        "unusable-reference",
                        "unusable-reference",
                        "unreadable-event",
                        "non-finite");
        assertThat(batch.letters())
                .allSatisfy(
                        letter -> {
                            assertThat(letter.getLabellingId())
                                    .isEqualTo(CHECKPOINT.getLabellingId());
                            assertThat(letter.getCheckpointId()).isEqualTo("expert");
                            assertThat(letter.getPartition()).isEqualTo(5);
                        });
    }

    @Test
    void aNetworkThatFailsConcernsTheCheckpointNotItsImages() {
        BatchLabeler labeler =
                labeler(
                        pixels -> {
                            throw new IllegalStateException("out of memory");
                        });

        assertThatThrownBy(() -> labeler.label(List.of(record(0, ref(0).build()))))
                .isInstanceOf(CheckpointRefusedException.class)
                .hasMessage("out of memory");
    }

    @Test
    void aNetworkThatFailsOnceIsTriedAgain() throws Exception {
        // Given
        AtomicBoolean failed = new AtomicBoolean();
        BatchLabeler labeler =
                labeler(
                        pixels -> {
                            if (failed.compareAndSet(false, true)) {
                                throw new IllegalStateException("out of memory");
                            }
                            return doubled(pixels);
                        });

        // When
        LabelledBatch batch = labeler.label(List.of(record(0, ref(0).build())));

        // Then
        assertThat(batch.labels()).hasSize(1);
    }

    private LabelledBatch label(List<ConsumerRecord<String, Decoded<ImageRef>>> records)
            throws CheckpointRefusedException {
        return labeler(BatchLabelerTest::doubled).label(records);
    }

    private BatchLabeler labeler(Function<List<byte[]>, float[][]> network) {
        Expert expert =
                new Expert(
                        CHECKPOINT,
                        LabelCodecs.named("fp32"),
                        PIXEL_BYTES,
                        2,
                        network,
                        () -> {},
                        0);
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new BatchLabeler(expert, new ImageStore(root), new DeadLetters(clock, "worker"));
    }

    private static float[][] doubled(List<byte[]> pixels) {
        List<float[]> logits = new ArrayList<>();
        for (byte[] image : pixels) {
            logits.add(new float[] {0, image[0] == 3 ? Float.NaN : 2 * image[0]});
        }
        return logits.toArray(float[][]::new);
    }

    private static ImageRef.Builder ref(int pixel) {
        return ImageRef.newBuilder()
                .setDataset("tiny")
                .setDatasetVersion("tiny-1")
                .setSplit("train")
                .setImageId("image-" + pixel)
                .setUri("images#" + pixel)
                .setSha256(Sha256.of(new byte[] {(byte) pixel}))
                .setImageClass(1)
                .setRank(pixel);
    }

    private static ConsumerRecord<String, Decoded<ImageRef>> record(long offset, ImageRef ref) {
        return record(offset, Decoded.of(ref));
    }

    private static ConsumerRecord<String, Decoded<ImageRef>> record(
            long offset, Decoded<ImageRef> value) {
        return new ConsumerRecord<>(Topics.IMAGE_REFS.name(), 5, offset, "key", value);
    }
}
