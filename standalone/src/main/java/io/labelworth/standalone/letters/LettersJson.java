package io.labelworth.standalone.letters;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.labelworth.kafka.DeadLetters;
import io.labelworth.kafka.LetterState;
import io.labelworth.schemas.event.DeadLetter;
import io.labelworth.schemas.event.ExpertCheckpoint;
import io.labelworth.standalone.letters.Letters.Current;

/** Dead letters as JSON. */
public final class LettersJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private LettersJson() {}

    /**
     * {@code letters[]}, oldest failure first, and {@code failed}, {@code retry}, {@code resolved}.
     */
    public static ObjectNode of(Letters letters) {
        ObjectNode document = MAPPER.createObjectNode();
        ArrayNode list = document.putArray("letters");
        letters.current().stream()
                .map(Current::letter)
                .forEach(letter -> letter(list.addObject(), letter));
        for (LetterState state : LetterState.values()) {
            document.put(state.text(), letters.count(state));
        }
        return document;
    }

    /** What was asked for: {@code images}, {@code checkpoints[]} and {@code skipped} by reason. */
    public static ObjectNode of(RetryPlan plan) {
        ObjectNode document = MAPPER.createObjectNode().put("images", plan.images().size());
        ArrayNode checkpoints = document.putArray("checkpoints");
        plan.announcements().stream()
                .map(ExpertCheckpoint::getCheckpointId)
                .forEach(checkpoints::add);
        ObjectNode skipped = document.putObject("skipped");
        plan.skipped().forEach(skipped::put);
        return document;
    }

    /** What came of it: {@code tried}, {@code resolved} and {@code failedAgain[]}. */
    public static ObjectNode of(RetryWait answers) {
        ObjectNode document =
                MAPPER.createObjectNode()
                        .put("tried", answers.asked())
                        .put("resolved", answers.resolved());
        ArrayNode failed = document.putArray("failedAgain");
        answers.failedAgain().forEach(letter -> letter(failed.addObject(), letter));
        return document;
    }

    private static void letter(ObjectNode node, DeadLetter letter) {
        node.put("key", DeadLetters.keyOf(letter))
                .put("state", letter.getState())
                .put("topic", letter.getTopic())
                .put("partition", letter.getPartition())
                .put("offset", letter.getOffset())
                .put("labellingId", letter.getLabellingId())
                .put("checkpointId", letter.getCheckpointId())
                .put("imageId", letter.getImageId())
                .put("kind", letter.getKind())
                .put("reason", letter.getReason())
                .put("worker", letter.getWorker())
                .put("failedAt", letter.getFailedAt().toString())
                .put("labelOffset", letter.getLabelOffset());
    }
}
