package io.labelworth.analytics.view;

import io.labelworth.analytics.rules.Family;
import io.labelworth.schemas.event.AccuracySummary;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** The family that an event of an output topic is about, so that no page needs a rule for it. */
public final class Families {

    /** Name of the field that events as JSON have more than their schema. */
    public static final String FIELD = "family";

    /** Parts of a family's key; see {@link Family#key}. */
    private static final int PARTS = 4;

    private Families() {}

    /** The family's key; empty where the event is about none. */
    static Optional<String> of(String key, IndexedRecord event) {
        return event instanceof AccuracySummary summary
                ? Optional.of(Family.of(summary).key())
                : beginningOf(key);
    }

    /** All other events of a family have a key that begins with the family's. */
    private static Optional<String> beginningOf(String key) {
        int end = -1;
        for (int part = 0; part < PARTS; part++) {
            end = key.indexOf('/', end + 1);
            if (end < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(key.substring(0, end));
    }
}
