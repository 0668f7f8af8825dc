/**
 * Analytics of accuracies: {@link io.labelworth.analytics.AnalyticsService} is the whole, {@link
 * io.labelworth.analytics.AnalyticsMain} starts it against any cluster. The arithmetic is in {@code
 * rules}, the Kafka Streams topology in {@code topology}, what pages show in {@code view}, and how
 * they get it in {@code http}.
 */
package io.labelworth.analytics;
