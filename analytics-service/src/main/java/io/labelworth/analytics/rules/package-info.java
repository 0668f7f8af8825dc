/**
 * The arithmetic of the analytics, free of Kafka clients and of state: accuracies to summaries
 * ({@link io.labelworth.analytics.rules.Summaries}), summaries to frontiers ({@link
 * io.labelworth.analytics.rules.Frontiers}) and to label worth ({@link
 * io.labelworth.analytics.rules.LabelWorthRule}). Every result is a function of a set of runs: the
 * order they arrive in never shows. Whatever is chosen is chosen on validation accuracy; test
 * accuracy is only reported.
 */
package io.labelworth.analytics.rules;
