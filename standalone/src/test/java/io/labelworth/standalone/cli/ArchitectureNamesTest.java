package io.labelworth.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "convnet-d3; ; ; convnet(depth=3,width=128)",
                "convnet-d2; 8; ; convnet(depth=2,width=8)",
                "convnet-d4; ; batch; convnet(depth=4,norm=batch,width=128)",
                "convnet-d4; ; instance; convnet(depth=4,width=128)",
                "resnet18; ; ; resnet(depth=18,stem=imagenet)",
                "resnet50-small; 16; ; resnet(depth=50,stem=small,width=16)",
                "torchscript; ; ; torchscript()",
                "resnet(depth=18,stem=small); ; ; resnet(depth=18,stem=small)"
            })
    void aShortNameIsANetwork(String name, Integer width, String norm, String network) {
        assertThat(ArchitectureNames.parse(name, width, norm)).hasToString(network);
    }

    @Test
    void whatIsNoneIsSaidInOneLine() {
        assertThatThrownBy(() -> ArchitectureNames.parse("vgg11", null, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("resnet18-small");
        assertThatThrownBy(() -> ArchitectureNames.parse("torchscript", 8, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--width");
        assertThatThrownBy(() -> ArchitectureNames.parse("resnet18", null, "group-8"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--norm");
    }
}
