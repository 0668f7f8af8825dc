package io.labelworth.learning.network;

import io.labelworth.learning.text.Decimals;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which ZCA whitening a network sees its images through.
 *
 * @param eps added to every variance, above 0
 * @param sha256 hash of the file that holds the whitening, 64 hexadecimal digits: two whitenings
 *     that differ in a bit are two preprocessings
 */
public record Zca(double eps, String sha256) {

    static final String NAME = "zca";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Checks both. */
    public Zca {
        // The hash becomes part of a path.
        if (!(eps > 0) || !Double.isFinite(eps) || !SHA256.matcher(sha256).matches()) {
            throw new ModelException("zca needs an eps above 0 and the SHA-256 of its whitening");
        }
    }

    static Zca of(Map<String, String> parameters) {
        try {
            return new Zca(
                    Decimals.real(parameters.getOrDefault("eps", "")),
                    parameters.getOrDefault("sha256", ""));
        } catch (NumberFormatException e) {
            throw new ModelException("zca: \"" + parameters.get("eps") + "\" is no number", e);
        }
    }

    /** Name of the file that holds the whitening, which lies beside the weights. */
    public String fileName() {
        return "zca-" + sha256 + ".whitening";
    }

    Map<String, String> parameters() {
        return Map.of("eps", Decimals.text(eps), "sha256", sha256);
    }
}
