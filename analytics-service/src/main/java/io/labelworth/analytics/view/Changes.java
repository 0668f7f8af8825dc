package io.labelworth.analytics.view;

import java.util.List;

/**
 * Events of the output topics that somebody has not seen.
 *
 * @param events the latest of each key that changed, in the order of their partitions
 * @param position id to resume after all of them
 */
public record Changes(List<Change> events, String position) {}
