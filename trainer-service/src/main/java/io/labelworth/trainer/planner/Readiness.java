package io.labelworth.trainer.planner;

import io.labelworth.schemas.event.OffsetPin;
import java.util.List;

/** Whether a run can be published now. */
sealed interface Readiness {

    /**
     * Everything it needs is on the topics.
     *
     * @param pins where it all is
     */
    record Ready(List<OffsetPin> pins) implements Readiness {}

    /**
     * Something it needs has yet to come.
     *
     * @param missing one line that says what
     */
    record Waiting(String missing) implements Readiness {}

    /**
     * Something it needs will never come.
     *
     * @param reason one line that says what
     */
    record Impossible(String reason) implements Readiness {}
}
