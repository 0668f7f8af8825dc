package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.analytics.Results;
import io.labelworth.schemas.event.Accuracy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayComparisonTest {

    private static final Accuracy ORIGINAL = result(0.5).setLabelDigest("d").build();

    @Test
    void equalBitsAreEqual() {
        assertThat(compare(replay(0.5).setLabelDigest("d")))
                .returns(true, ReplayComparison::sameDigest)
                .returns(true, ReplayComparison::sameAccuracy)
                .returns(true, ReplayComparison::sameFingerprint)
                .returns(null, ReplayComparison::message);
    }

    @Test
    void aMismatchSaysWhere() {
        assertThat(compare(replay(0.5).setLabelDigest("other")).message())
                .startsWith("mismatch: the labels");
        assertThat(compare(replay(Math.nextUp(0.5)).setLabelDigest("d")).message())
                .isEqualTo("mismatch: same labels and device, but another accuracy");
        assertThat(compare(replay(0.6).setLabelDigest("d").setDeviceFingerprint("gpu")).message())
                .isEqualTo("another device: gpu, the original on cpu");
        assertThat(compare(replay(0.6).setLabelDigest("d").setRepeatable(false)).message())
                .contains("not repeatable");
        assertThat(compare(replay(0.6).setLabelDigest("d").setRunId("changed")).message())
                .contains("something was changed");
    }

    @Test
    void withoutTheOriginalThereIsOnlyTheReplay() {
        assertThat(ReplayComparison.of(List.of(replay(0.5).build())))
                .singleElement()
                .returns(null, ReplayComparison::sameDigest)
                .returns(0.5, ReplayComparison::replayTest)
                .returns(
                        "the result of attempt hard-ipc1-seed1-attempt1 is not known",
                        ReplayComparison::message);
    }

    private static ReplayComparison compare(Accuracy.Builder replay) {
        return ReplayComparison.of(List.of(replay.build(), ORIGINAL)).get(0);
    }

    private static Accuracy.Builder replay(double accuracy) {
        return result(accuracy).setAttemptId("replay").setReplayOf(ORIGINAL.getAttemptId());
    }

    private static Accuracy.Builder result(double accuracy) {
        return Results.hard(1, 1, accuracy).setRepeatable(true);
    }
}
