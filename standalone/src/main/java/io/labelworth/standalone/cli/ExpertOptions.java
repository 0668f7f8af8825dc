package io.labelworth.standalone.cli;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.network.Architecture;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The network of an expert, and how its labels are stored. */
final class ExpertOptions {

    private static final Pattern CONVNET = Pattern.compile("convnet-d(\\d{1,2})");

    @Option(
            names = "--arch",
            paramLabel = "NAME",
            defaultValue = "convnet-d3",
            description = "network: convnet-dDEPTH (default: ${DEFAULT-VALUE})")
    private String architecture;

    @Option(
            names = "--width",
            paramLabel = "W",
            defaultValue = "128",
            description = "channels of each stage (default: ${DEFAULT-VALUE})")
    private int width;

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            description =
                    "how its labels are stored: fp16, fp32 or topk-fp16(k=N) (default: the"
                            + " dataset's)")
    private String codec;

    Architecture architecture() {
        Matcher matcher = CONVNET.matcher(architecture);
        if (!matcher.matches()) {
            throw new UserException(
                    "unknown architecture " + architecture + "; try --arch convnet-d3");
        }
        return Architecture.convnet(Integer.parseInt(matcher.group(1)), width);
    }

    /** The codec chosen, else the dataset's own; it fits the dataset's classes. */
    LabelCodec codec(DatasetInfo dataset) {
        try {
            LabelCodec chosen =
                    LabelCodecs.parse(Objects.requireNonNullElse(codec, dataset.labelCodec()));
            chosen.bytes(dataset.classes());
            return chosen;
        } catch (LabelException e) {
            throw new UserException(e.getMessage());
        }
    }
}
