package io.labelworth.standalone.cli;

import io.labelworth.learning.network.Architecture;
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
            defaultValue = "fp16",
            description = "how its labels are stored: fp16 or fp32 (default: ${DEFAULT-VALUE})")
    private String codec;

    Architecture architecture() {
        Matcher matcher = CONVNET.matcher(architecture);
        if (!matcher.matches()) {
            throw new UserException(
                    "unknown architecture " + architecture + "; try --arch convnet-d3");
        }
        return Architecture.convnet(Integer.parseInt(matcher.group(1)), width);
    }

    String codec() {
        return io.labelworth.learning.label.LabelCodecs.named(codec).name();
    }
}
