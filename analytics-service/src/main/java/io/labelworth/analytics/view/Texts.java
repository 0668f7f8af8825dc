package io.labelworth.analytics.view;

import java.util.HashMap;
import java.util.Map;

/** One string for all that are equal: a hundred thousand runs share few values. */
final class Texts {

    private final Map<String, String> known = new HashMap<>();

    /** The one; null for null. */
    String one(String text) {
        return text == null ? null : known.computeIfAbsent(text, same -> same);
    }
}
