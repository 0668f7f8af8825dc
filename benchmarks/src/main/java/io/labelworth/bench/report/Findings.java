package io.labelworth.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a benchmark found: its figures by key, the raw figures behind them, what was left out and
 * why, and the versions measured. Keys are paths: {@code a.b} is {@code b} inside {@code a}.
 */
public final class Findings {

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, Figure> raw = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();

    /** Adds a figure that the benchmark is for. */
    public void figure(String key, Figure figure) {
        figures.put(key, figure);
    }

    /** Adds a figure behind it; the key ends in its unit, for example imagesPerSecond. */
    public void raw(String key, Figure figure) {
        raw.put(key, figure);
    }

    /** Says that a figure is missing, and why. */
    public void skipped(String key, String reason) {
        skipped.put(key, reason);
    }

    /** Adds to a figure what a reader must know beside its numbers. */
    public void note(String key, String note) {
        notes.put(key, note);
    }

    /** Names the version of something measured. */
    public void version(String what, String version) {
        versions.put(what, version);
    }

    /** Figures by key, in the order they were found. */
    public Map<String, Figure> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /** Raw figures by key. */
    public Map<String, Figure> raw() {
        return Collections.unmodifiableMap(raw);
    }

    /** Reasons by the key of the figure that is missing. */
    public Map<String, String> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /** Notes by the key of their figure. */
    public Map<String, String> notes() {
        return Collections.unmodifiableMap(notes);
    }

    /** Versions by name. */
    public Map<String, String> versions() {
        return Collections.unmodifiableMap(versions);
    }
}
