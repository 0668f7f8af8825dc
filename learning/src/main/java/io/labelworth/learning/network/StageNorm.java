package io.labelworth.learning.network;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The norm of a ConvNet's stages, as the reference has them; epsilon is 1e-5.
 *
 * @param kind what a mean and a variance are taken over
 * @param groups groups of channels; 0 but for {@link Kind#GROUP}
 */
public record StageNorm(Kind kind, int groups) {

    /** The paper's: each channel of each image by itself. */
    public static final StageNorm INSTANCE = new StageNorm(Kind.INSTANCE, 0);

    private static final Pattern GROUPS = Pattern.compile("group-([1-9][0-9]{0,3})");

    /**
     * Reads {@code instance}, {@code batch}, {@code group-N}, {@code layer} or {@code none}.
     *
     * @throws ModelException when it is none of them
     */
    public static StageNorm parse(String text) {
        Matcher group = GROUPS.matcher(text);
        if (group.matches()) {
            return new StageNorm(Kind.GROUP, Integer.parseInt(group.group(1)));
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.GROUP && kind.text().equals(text)) {
                return new StageNorm(kind, 0);
            }
        }
        throw new ModelException(
                "norm is \"" + text + "\", not instance, batch, group-N, layer or none");
    }

    /** What a norm takes its mean and variance over. */
    public enum Kind {
        /** Each channel of each image; a scale and a shift per channel. */
        INSTANCE,
        /** Each channel of the whole batch; a scale and a shift per channel. */
        BATCH,
        /** Each group of channels of each image; a scale and a shift per channel. */
        GROUP,
        /** Each image; a scale and a shift per value. */
        LAYER,
        /** There is no norm, nor its module. */
        NONE;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The text form. */
    @Override
    public String toString() {
        return kind == Kind.GROUP ? "group-" + groups : kind.text();
    }
}
