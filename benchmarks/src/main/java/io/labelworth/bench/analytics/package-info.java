/** What {@code bench analytics} measures: events through the exactly-once topology. */
package io.labelworth.bench.analytics;
