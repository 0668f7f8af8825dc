package io.labelworth.it.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.labelworth.kafka.LetterState;
import io.labelworth.labeler.LabelerService;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images that were given up on are tried again when somebody asks, and labelled once. */
@ExtendWith(SharedCluster.class)
@SuppressWarnings("try") // A labeler works by being there.
class ITLabelerRetries {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final int MANY = 3_000;

    private final LabelingCluster cluster;
    private final Labelings labelings;

    ITLabelerRetries(LabelingCluster cluster) {
        this.cluster = cluster;
        this.labelings = new Labelings(cluster);
    }

    @Test
    void aRetriedImageIsLabelledOnceOrFailsAgain() throws Exception {
        // Given 30 images, of which the last 10 are in a file that is missing
        TinyImages images = TinyImages.create(cluster.dataRoot(), "retried", 30);
        cluster.ingest(images.refs().subList(0, 20));
        cluster.ingest(in("late", images.refs().subList(20, 25)));
        cluster.ingest(in("never", images.refs().subList(25, 30)));
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "retried", 1);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService labeler = labelings.startLabeler(1)) {
            cluster.announce(expert.event());
            watch.assertExactly(images.refs().subList(0, 20), expert);
            labelings.awaitCaughtUp(expert);
            List<DeadLetter> letters = imageLetters(expert);
            assertThat(letters).hasSize(10);

            // When one file is put right, and retries are asked for, one of them twice
            putRight(images, "late");
            cluster.retry(letters);
            cluster.retry(letters.subList(0, 1));
            awaitAnswered(expert, watch);
            watch.assertExactly(images.refs().subList(0, 25), expert);

            // And asked for once more by one who knows only of the failures
            cluster.retry(letters);
            awaitAnswered(expert, watch);
            watch.assertExactly(images.refs().subList(0, 25), expert);
        }

        // Then
        labelings.assertLabelledOnce(images, images.refs().subList(0, 25), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, 25);
        for (DeadLetter resolved : inState(expert, LetterState.RESOLVED)) {
            assertThat(cluster.labelAt(resolved.getPartition(), resolved.getLabelOffset()))
                    .satisfies(
                            label -> {
                                assertThat(label.getImageId()).isEqualTo(resolved.getImageId());
                                assertThat(label.getLabellingId()).isEqualTo(expert.labellingId());
                            });
        }
        assertThat(inState(expert, LetterState.RESOLVED)).hasSize(5);
        assertThat(inState(expert, LetterState.FAILED)).hasSize(5);
        cluster.retire(expert.event());
    }

    @Test
    void retriesOfALabelerThatIsKilledAreAnsweredOnce() throws Exception {
        // Given many images in a file that was missing
        TinyImages images = TinyImages.create(cluster.dataRoot(), "retried-together", MANY);
        cluster.ingest(in("late", images.refs()));
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "retried-together", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerProcess killed = labelings.startProcess("retry-killed")) {
            cluster.announce(expert.event());
            labelings.awaitCaughtUp(expert);
            putRight(images, "late");
            List<DeadLetter> letters = imageLetters(expert);
            assertThat(letters).hasSize(MANY);

            // When the labeler is killed in the middle of the retries, and another goes on
            cluster.retry(letters);
            watch.awaitLabels(expert, 1);
            killed.kill();
            assertThat(watch.labels(expert)).as("killed in the middle").isLessThan(MANY);
            try (LabelerService other = labelings.startLabeler("retry-other", 1, 8)) {
                // Then
                watch.assertExactly(images.refs(), expert);
                awaitAnswered(expert, watch);
            }
        }
        labelings.assertLabelledOnce(images, images.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, MANY);
        cluster.retire(expert.event());
    }

    @Test
    void retriesThatTwoLabelersShareAreAnsweredOnce() throws Exception {
        // Given two labelers in one group, and images that were missing
        TinyImages images = TinyImages.create(cluster.dataRoot(), "retried-shared", MANY);
        cluster.ingest(in("late", images.refs()));
        TinyExpert expert = TinyExpert.create(cluster.checkpointRoot(), "retried-shared", 1, 16);
        try (LabelWatch watch = LabelWatch.start(cluster);
                LabelerService one = labelings.startLabeler("retry-one", 1, 8);
                LabelerService other = labelings.startLabeler("retry-two", 1, 8)) {
            cluster.announce(expert.event());
            labelings.awaitCaughtUp(expert);
            putRight(images, "late");

            // When
            cluster.retry(imageLetters(expert));

            // Then
            watch.assertExactly(images.refs(), expert);
            awaitAnswered(expert, watch);
        }
        labelings.assertLabelledOnce(images, images.refs(), expert);
        labelings.assertProgressIsWhatIsCommitted(expert, MANY);
        cluster.retire(expert.event());
    }

    private List<DeadLetter> inState(TinyExpert expert, LetterState state) {
        return cluster.lastLetters(expert.labellingId()).stream()
                .filter(letter -> letter.getImageId() != null && state.is(letter))
                .toList();
    }

    private void awaitAnswered(TinyExpert expert, LabelWatch watch) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                watch.labels(expert) >= 0
                                        && inState(expert, LetterState.RETRY).isEmpty());
    }

    private static List<ImageRef> in(String file, List<ImageRef> refs) {
        return refs.stream()
                .map(
                        ref ->
                                ImageRef.newBuilder(ref)
                                        .setUri(ref.getUri().replace("/images#", "/" + file + "#"))
                                        .build())
                .toList();
    }

    private void putRight(TinyImages images, String file) throws IOException {
        Files.copy(
                images.root().resolve(images.dataset()).resolve("images"),
                images.root().resolve(images.dataset()).resolve(file));
    }

    /** Not those about records that are no event, which other tests leave behind. */
    private List<DeadLetter> imageLetters(TinyExpert expert) {
        return cluster.deadLetters(expert.labellingId()).stream()
                .filter(letter -> letter.getImageId() != null)
                .toList();
    }
}
