package io.labelworth.analytics.view;

import java.util.Map;

/**
 * What was done to labels.
 *
 * @param name kind
 * @param parameters its parameters
 */
public record Treatment(String name, Map<String, String> parameters) {}
