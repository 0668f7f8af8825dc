package io.labelworth.standalone.cli;

import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.StageNorm;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Short names of networks on the command line: convnet-d3, resnet18 (torchvision's), resnet18-small
 * (its stem for small images), torchscript; or the text form that events have, for example
 * resnet(depth=18,stem=small,width=16).
 */
final class ArchitectureNames {

    private static final int CONVNET_WIDTH = 128;
    private static final Pattern CONVNET = Pattern.compile("convnet-d(\\d{1,2})");
    private static final Pattern RESNET = Pattern.compile("resnet(\\d{1,3})(-small)?");

    private ArchitectureNames() {}

    /**
     * The network called {@code name}.
     *
     * @param width channels of its first stage; null for what is usual
     * @param norm of a ConvNet's stages; null for what is usual
     */
    static Architecture parse(String name, Integer width, String norm) {
        Matcher convnet = CONVNET.matcher(name);
        if (convnet.matches()) {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("depth", convnet.group(1));
            parameters.put("width", Integer.toString(width == null ? CONVNET_WIDTH : width));
            if (norm != null) {
                parameters.put("norm", StageNorm.parse(norm).toString());
            }
            return new Architecture("convnet", parameters);
        }
        if (norm != null) {
            throw new UserException("--norm is for convnet-dDEPTH, not " + name);
        }
        Matcher resnet = RESNET.matcher(name);
        if (resnet.matches()) {
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("depth", resnet.group(1));
            parameters.put("stem", resnet.group(2) == null ? "imagenet" : "small");
            if (width != null) {
                parameters.put("width", width.toString());
            }
            return new Architecture("resnet", parameters);
        }
        if (width != null) {
            throw new UserException("--width is for convnet-dDEPTH and resnetDEPTH, not " + name);
        }
        if (name.equals("torchscript") || name.indexOf('(') > 0) {
            return Architecture.parse(name);
        }
        throw new UserException(
                "unknown architecture "
                        + name
                        + "; try --arch convnet-d3, resnet18, resnet18-small or torchscript");
    }
}
