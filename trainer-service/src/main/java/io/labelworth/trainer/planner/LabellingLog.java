package io.labelworth.trainer.planner;

import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.LabelingProgress;
import io.labelworth.schemas.event.OffsetPin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How far each labelling has come, as labeling-progress says, and what it gave up on. Where labels
 * lie is taken from progress alone: the end offsets of soft-labels say nothing, since commit
 * markers land partition by partition.
 */
final class LabellingLog {

    private static final int NONE = -1;

    private final TopicIds topics;
    private final Map<String, Map<Integer, LabelingProgress>> progress = new HashMap<>();
    private final Map<String, Map<String, DeadLetter>> imageLetters = new HashMap<>();
    private final Map<String, DeadLetter> checkpointLetters = new HashMap<>();
    private final Map<String, Long> announced = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();

    LabellingLog(TopicIds topics) {
        this.topics = topics;
    }

    /** Takes note of progress; that of topics since recreated means nothing any more. */
    void add(LabelingProgress event) {
        if (topics.imageRefs().equals(event.getImageRefsTopicId())
                && topics.softLabels().equals(event.getSoftLabelsTopicId())) {
            progress.computeIfAbsent(event.getLabellingId(), id -> new HashMap<>())
                    .put(event.getPartition(), event);
            changed(event.getLabellingId());
        }
    }

    /**
     * Takes note of an announcement: what a labelling's checkpoint failed with before it counts no
     * more.
     *
     * @param offset where it is on expert-checkpoints, which has one partition
     */
    void announced(String labellingId, long offset) {
        announced.merge(labellingId, offset, Math::max);
        changed(labellingId);
    }

    /**
     * Takes note of an image, or a whole checkpoint, that a labelling gave up on, and of what
     * became of that since.
     */
    void add(DeadLetter letter) {
        if (letter.getLabellingId() == null) {
            return;
        }
        changed(letter.getLabellingId());
        if (letter.getTopic().equals(Topics.EXPERT_CHECKPOINTS.name())) {
            checkpointLetters.merge(
                    letter.getLabellingId(),
                    letter,
                    (a, b) -> a.getOffset() > b.getOffset() ? a : b);
        } else if (letter.getImageId() != null) {
            imageLetters
                    .computeIfAbsent(letter.getLabellingId(), id -> new HashMap<>())
                    .put(letter.getImageId(), letter);
        }
    }

    private void changed(String labellingId) {
        changes.merge(labellingId, 1L, Long::sum);
    }

    /** How often what is known of a labelling has changed. */
    long changes(String labellingId) {
        return changes.getOrDefault(labellingId, 0L);
    }

    /** Why a labelling has no label for an image; empty unless it was given up on. */
    Optional<String> lost(String labellingId, String imageId) {
        return letter(labellingId, imageId)
                .filter(LetterState.FAILED::is)
                .map(DeadLetter::getReason);
    }

    /**
     * Whether the label of an image that was given up on has yet to come. Letters and progress are
     * read from different topics, so a letter may be resolved by a label that the progress known
     * here does not reach.
     */
    boolean awaited(String labellingId, String imageId) {
        return letter(labellingId, imageId)
                .filter(
                        letter ->
                                LetterState.RETRY.is(letter)
                                        || letter.getLabelOffset() >= 0 && !reached(letter))
                .isPresent();
    }

    private Optional<DeadLetter> letter(String labellingId, String imageId) {
        return Optional.ofNullable(imageLetters.getOrDefault(labellingId, Map.of()).get(imageId));
    }

    private boolean reached(DeadLetter letter) {
        LabelingProgress come =
                progress.getOrDefault(letter.getLabellingId(), Map.of()).get(letter.getPartition());
        return come != null && come.getNextLabelOffset() > letter.getLabelOffset();
    }

    /**
     * Why a labelling will not be made at all; empty unless its newest announcement was given up
     * on. Letters and announcements are read from different topics, so either may come first.
     */
    Optional<String> lost(String labellingId) {
        return Optional.ofNullable(checkpointLetters.get(labellingId))
                .filter(LetterState.FAILED::is)
                .filter(letter -> letter.getOffset() >= announced.getOrDefault(labellingId, 0L))
                .map(DeadLetter::getReason);
    }

    /**
     * What a labelling's labels add to the pins of a run.
     *
     * @param imagePins image-refs offset needed, by partition
     * @return empty while the labelling has not come that far
     */
    Optional<List<OffsetPin>> pins(String labellingId, SortedMap<Integer, Long> imagePins) {
        Map<Integer, LabelingProgress> come = progress.getOrDefault(labellingId, Map.of());
        List<OffsetPin> pins = new ArrayList<>();
        for (var imagePin : imagePins.entrySet()) {
            LabelingProgress partition = come.get(imagePin.getKey());
            if (partition == null || partition.getNextImageRefOffset() < imagePin.getValue()) {
                return Optional.empty();
            }
            pins.add(
                    new OffsetPin(
                            imagePin.getKey(),
                            imagePin.getValue(),
                            partition.getFirstLabelOffset(),
                            partition.getNextLabelOffset(),
                            labellingId));
        }
        return Optional.of(pins);
    }

    /** Next offset of image-refs that a labelling will label on a partition. */
    long nextImageRef(String labellingId, int partition) {
        LabelingProgress come = progress.getOrDefault(labellingId, Map.of()).get(partition);
        return come == null ? 0 : come.getNextImageRefOffset();
    }

    /** The pins of a run that needs no labels. */
    static List<OffsetPin> imagePinsOnly(SortedMap<Integer, Long> imagePins) {
        return imagePins.entrySet().stream()
                .map(
                        pin ->
                                new OffsetPin(
                                        pin.getKey(),
                                        pin.getValue(),
                                        (long) NONE,
                                        (long) NONE,
                                        null))
                .toList();
    }
}
