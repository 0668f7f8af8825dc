package io.labelworth.bench.analytics;

import java.util.Locale;

/** What can be measured of the analytics. */
public enum AnalyticsMeasurement {
    /** Results per second through the exactly-once topology. */
    EVENTS,
    /** Time per result after many over that after few. */
    GROWTH;

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
