package io.labelworth.analytics.rules;

import io.labelworth.schemas.event.Accuracy;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A replay beside what it replays. The same run on the same device fingerprint must give the same
 * label digest and the same accuracy to the last bit, where its result is repeatable.
 *
 * @param runId run of the replay
 * @param attemptId attempt of the replay
 * @param replayOf attempt that it replays
 * @param originalDigest label digest of the original; null where unknown
 * @param replayDigest label digest of the replay; null where unknown
 * @param sameDigest whether they are equal; null without the original's result
 * @param originalTest test accuracy of the original; null without its result
 * @param replayTest test accuracy of the replay
 * @param sameAccuracy whether validation and test accuracy are equal to the last bit; null without
 *     the original's result
 * @param sameFingerprint whether the device fingerprints are equal; null without the original's
 *     result
 * @param message what to make of it; null where all is equal
 */
public record ReplayComparison(
        String runId,
        String attemptId,
        String replayOf,
        String originalDigest,
        String replayDigest,
        Boolean sameDigest,
        Double originalTest,
        Double replayTest,
        Boolean sameAccuracy,
        Boolean sameFingerprint,
        String message) {

    /**
     * A comparison for every replay, by run and attempt.
     *
     * @param finals final results, of originals and replays, in any order; of an attempt that is
     *     there twice either may count, since they are the same
     */
    public static List<ReplayComparison> of(Collection<Accuracy> finals) {
        Map<String, Accuracy> byAttempt = new HashMap<>();
        finals.forEach(result -> byAttempt.put(result.getAttemptId(), result));
        return byAttempt.values().stream()
                .filter(result -> result.getReplayOf() != null)
                .map(replay -> compare(byAttempt.get(replay.getReplayOf()), replay))
                .sorted(
                        Comparator.comparing(ReplayComparison::runId)
                                .thenComparing(ReplayComparison::attemptId))
                .toList();
    }

    private static ReplayComparison compare(Accuracy original, Accuracy replay) {
        boolean known = original != null;
        Boolean sameDigest =
                known ? Objects.equals(original.getLabelDigest(), replay.getLabelDigest()) : null;
        Boolean sameAccuracy =
                known
                        ? original.getValidationAccuracy() == replay.getValidationAccuracy()
                                && Objects.equals(
                                        original.getTestAccuracy(), replay.getTestAccuracy())
                        : null;
        Boolean sameFingerprint =
                known
                        ? original.getDeviceFingerprint().equals(replay.getDeviceFingerprint())
                        : null;
        return new ReplayComparison(
                replay.getRunId(),
                replay.getAttemptId(),
                replay.getReplayOf(),
                known ? original.getLabelDigest() : null,
                replay.getLabelDigest(),
                sameDigest,
                known ? original.getTestAccuracy() : null,
                replay.getTestAccuracy(),
                sameAccuracy,
                sameFingerprint,
                known
                        ? message(original, replay, sameDigest, sameAccuracy, sameFingerprint)
                        : "the result of attempt " + replay.getReplayOf() + " is not known");
    }

    private static String message(
            Accuracy original,
            Accuracy replay,
            boolean sameDigest,
            boolean sameAccuracy,
            boolean sameFingerprint) {
        if (!original.getRunId().equals(replay.getRunId())) {
            return "something was changed: the original is run " + original.getRunId();
        }
        if (!sameDigest) {
            return "mismatch: the labels are not those that the original was trained on";
        }
        if (sameAccuracy) {
            return null;
        }
        if (!sameFingerprint) {
            return "another device: "
                    + replay.getDeviceFingerprint()
                    + ", the original on "
                    + original.getDeviceFingerprint();
        }
        return original.getRepeatable() && replay.getRepeatable()
                ? "mismatch: same labels and device, but another accuracy"
                : "another accuracy, as may be: the result is not repeatable";
    }
}
