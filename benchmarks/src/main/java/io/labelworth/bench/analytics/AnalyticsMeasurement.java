package io.labelworth.bench.analytics;

import java.util.Locale;

/** What can be measured of the analytics. */
public enum AnalyticsMeasurement {
    /** Results per second through the exactly-once topology. */
    EVENTS,
    /** Time per result after many over that after few. */
    GROWTH,
    /** From a result on the topic to a browser that shows it. */
    BROWSER,
    /** What fifty open dashboards cost the service. */
    DASHBOARDS,
    /** How soon the overview is there. */
    PAGE;

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
