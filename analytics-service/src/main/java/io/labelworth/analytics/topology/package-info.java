/**
 * The Kafka Streams topology: {@link io.labelworth.analytics.topology.AnalyticsTopology} is the
 * map. What is computed is in {@link io.labelworth.analytics.rules}; here is when, from which
 * state, and to which topic.
 */
package io.labelworth.analytics.topology;
