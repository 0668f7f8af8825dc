package io.labelworth.learning.label;

import java.util.List;

/** The codecs known by name. */
public final class LabelCodecs {

    private static final List<LabelCodec> KNOWN = List.of(new Fp32Codec(), new Fp16Codec());

    private LabelCodecs() {}

    /** Names of the codecs. */
    public static List<String> names() {
        return KNOWN.stream().map(LabelCodec::name).toList();
    }

    /**
     * The codec called {@code name}.
     *
     * @throws LabelException when there is none
     */
    public static LabelCodec named(String name) {
        return KNOWN.stream()
                .filter(codec -> codec.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new LabelException(
                                        "unknown codec \"" + name + "\"; known: " + names()));
    }
}
