package io.labelworth.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.Decoded;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.ImageRef;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.IMAGE_REFS.name(), 3);

    private final AnnouncedCheckpoint checkpoint =
            new AnnouncedCheckpoint(
                    Announcements.at(0, Announcements.checkpoint("expert", "a".repeat(64))));
    private final MockConsumer<String, Decoded<ImageRef>> consumer = new MockConsumer<>("earliest");
    private final ProgressView view = new ProgressView(Progress.TOPICS);
    private final Assignment assignment =
            new Assignment(checkpoint, consumer, new SettledProgress(() -> Map.of(0, 0L), view));

    @BeforeEach
    void join() {
        consumer.subscribe(List.of(PARTITION.topic()));
        consumer.rebalance(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Test
    void aNewLabellingStartsAtTheFirstReference() {
        assignment.onPartitionsAssigned(List.of(PARTITION));

        assertThat(consumer.position(PARTITION)).isZero();
        assertThat(assignment.held())
                .containsExactly(Map.entry(PARTITION, PartitionProgress.START));
    }

    @Test
    void anExpiredGroupGoesOnWhereProgressIsWithItsCounts() {
        view.accept(Progress.at(checkpoint.labellingId(), 3, 42));

        assignment.onPartitionsAssigned(List.of(PARTITION));

        assertThat(consumer.position(PARTITION)).isEqualTo(42);
        assertThat(assignment.held().get(PARTITION))
                .isEqualTo(new PartitionProgress(42, 100, 142, 42, 0));
    }

    @Test
    void progressOfTopicsThatWereCreatedAgainMeansNothing() {
        TopicIds earlier = new TopicIds("another-id", Progress.TOPICS.softLabels());
        view.accept(Progress.at(checkpoint.labellingId(), 3, 42, earlier));

        assignment.onPartitionsAssigned(List.of(PARTITION));

        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void offsetsThatSomebodyMovedDoNotWinOverProgress() {
        view.accept(Progress.at(checkpoint.labellingId(), 3, 42));
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(7)));

        assignment.onPartitionsAssigned(List.of(PARTITION));

        assertThat(consumer.position(PARTITION)).isEqualTo(42);
    }

    @Test
    void afterAnAbortTheConsumerIsBackAtWhatIsCommitted() {
        assignment.onPartitionsAssigned(List.of(PARTITION));
        assignment.advance(Map.of(PARTITION, PartitionProgress.START.at(10)));
        consumer.seek(PARTITION, 25);

        assignment.rewind();

        assertThat(consumer.position(PARTITION)).isEqualTo(10);
    }

    @Test
    void aPartitionThatIsGoneIsForgotten() {
        assignment.onPartitionsAssigned(List.of(PARTITION));

        assignment.onPartitionsRevoked(List.of(PARTITION));

        assertThat(assignment.held()).isEmpty();
    }

    @Test
    void aPartitionIsNotTakenUpBeforeEveryWrittenProgressIsKnown() throws InterruptedException {
        SettledProgress settled = new SettledProgress(() -> Map.of(0, 5L), view);
        Thread follower =
                new Thread(
                        () -> {
                            view.accept(Progress.at(checkpoint.labellingId(), 3, 42));
                            view.passed(0, 5);
                        });
        Assignment waiting = new Assignment(checkpoint, consumer, settled);
        follower.start();

        waiting.onPartitionsAssigned(List.of(PARTITION));

        follower.join();
        assertThat(consumer.position(PARTITION)).isEqualTo(42);
    }

    @Test
    void aClusterThatDoesNotAnswerIsNotTakenForNoProgress() {
        SettledProgress unreachable =
                new SettledProgress(
                        () -> {
                            throw new ConfigurationException("no answer");
                        },
                        view);
        Assignment failing = new Assignment(checkpoint, consumer, unreachable);

        assertThatThrownBy(() -> failing.onPartitionsAssigned(List.of(PARTITION)))
                .isInstanceOf(ConfigurationException.class);
        assertThat(failing.held()).isEmpty();
    }
}
