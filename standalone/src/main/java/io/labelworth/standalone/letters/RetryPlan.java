package io.labelworth.standalone.letters;

import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.letters.Letters.Current;
import io.labelworth.standalone.letters.StandingCheckpoints.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What another try of some letters takes. An image's letter is put in state retry, which the
 * labeler that owns its partition answers; a whole checkpoint is announced again as it is, and its
 * letter is resolved.
 *
 * @param images letters to put in state retry
 * @param checkpoints letters about announcements, to resolve
 * @param announcements what to announce again, for those letters
 * @param skipped how many letters cannot be tried again, by the reason
 */
public record RetryPlan(
        List<DeadLetter> images,
        List<DeadLetter> checkpoints,
        List<ExpertCheckpoint> announcements,
        Map<String, Long> skipped) {

    private static final String REPLACED =
            "their announcement was since replaced, retired or removed";
    private static final String UNSERVED =
            "no checkpoint of their labelling is served (retired, removed or failed as a whole)";

    /**
     * Plans another try of what is selected and failed.
     *
     * @param all letters as they stand, selected or not
     */
    public static RetryPlan of(
            Letters all, LetterSelection selection, StandingCheckpoints standing) {
        List<DeadLetter> failed =
                all.current().stream()
                        .filter(current -> current.in(LetterState.FAILED))
                        .map(Current::letter)
                        .toList();
        List<DeadLetter> chosen = failed.stream().filter(selection).toList();
        List<DeadLetter> checkpoints =
                chosen.stream()
                        .filter(letter -> announcement(letter, standing).isPresent())
                        .toList();
        Set<DeadLetter> left = new HashSet<>(failed);
        checkpoints.forEach(left::remove);
        Set<String> served = servedLabellings(left, standing);
        List<DeadLetter> images = new ArrayList<>();
        Map<String, Long> skipped = new TreeMap<>();
        chosen.stream()
                .filter(left::contains)
                .forEach(
                        letter ->
                                obstacle(letter, served)
                                        .ifPresentOrElse(
                                                reason -> skipped.merge(reason, 1L, Long::sum),
                                                () -> images.add(letter)));
        return new RetryPlan(
                List.copyOf(images),
                checkpoints,
                checkpoints.stream()
                        .map(letter -> announcement(letter, standing).orElseThrow().checkpoint())
                        .toList(),
                skipped);
    }

    /** Why a letter that is about no standing checkpoint cannot be tried again. */
    private static Optional<String> obstacle(DeadLetter letter, Set<String> servedLabellings) {
        if (letter.getTopic().equals(Topics.EXPERT_CHECKPOINTS.name())) {
            return Optional.of(REPLACED);
        }
        if (!letter.getTopic().equals(Topics.IMAGE_REFS.name())) {
            return Optional.of("letters about " + letter.getTopic() + " cannot be tried again");
        }
        return servedLabellings.contains(letter.getLabellingId())
                ? Optional.empty()
                : Optional.of(UNSERVED);
    }

    /**
     * Labellings that a labeler has.
     *
     * @param failed letters that stay failed
     */
    private static Set<String> servedLabellings(
            Collection<DeadLetter> failed, StandingCheckpoints standing) {
        Set<Standing> broken =
                failed.stream()
                        .flatMap(letter -> announcement(letter, standing).stream())
                        .collect(Collectors.toSet());
        return standing.all().stream()
                .filter(announcement -> !announcement.checkpoint().getRetired())
                .filter(announcement -> !broken.contains(announcement))
                .map(announcement -> announcement.checkpoint().getLabellingId())
                .collect(Collectors.toSet());
    }

    /** The announcement that a letter is about as a whole, if it stands and is not retired. */
    private static Optional<Standing> announcement(
            DeadLetter letter, StandingCheckpoints standing) {
        return Optional.of(letter)
                .filter(l -> l.getTopic().equals(Topics.EXPERT_CHECKPOINTS.name()))
                .map(DeadLetter::getCheckpointId)
                .flatMap(standing::of)
                .filter(announcement -> announcement.offset() == letter.getOffset())
                .filter(announcement -> !announcement.checkpoint().getRetired());
    }
}
