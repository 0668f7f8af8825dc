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
                "convnet-d3; ; convnet(depth=3,width=128)",
                "convnet-d2; 8; convnet(depth=2,width=8)",
                "resnet18; ; resnet(depth=18,stem=imagenet)",
                "resnet50-small; 16; resnet(depth=50,stem=small,width=16)",
                "torchscript; ; torchscript()",
                "resnet(depth=18,stem=small); ; resnet(depth=18,stem=small)"
            })
    void aShortNameIsANetwork(String name, Integer width, String network) {
        assertThat(ArchitectureNames.parse(name, width)).hasToString(network);
    }

    @Test
    void whatIsNoneIsSaidInOneLine() {
        assertThatThrownBy(() -> ArchitectureNames.parse("vgg11", null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("resnet18-small");
        assertThatThrownBy(() -> ArchitectureNames.parse("torchscript", 8))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--width");
    }
}
