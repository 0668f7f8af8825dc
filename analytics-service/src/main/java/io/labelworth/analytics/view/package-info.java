/**
 * What the pages show, kept in memory from the topics: committed records only, never the state
 * stores, which under exactly-once show what may yet be undone. {@link
 * io.labelworth.analytics.view.PageFeed} reads, {@link io.labelworth.analytics.view.Results} holds
 * the answers and hands out their changes, {@link io.labelworth.analytics.view.Activity} what
 * labelers and trainers are at.
 */
package io.labelworth.analytics.view;
