package io.labelworth.learning.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {

    @Test
    void viewsHaveOneTextAndComeBackFromTheirParameters() {
        Views cutmix = Views.of("cutmix", Map.of("count", "4", "seed", "7"));
        Views crops =
                Views.of("crop-cutmix", Map.of("count", "300", "leastArea", "0.250", "seed", "0"));

        assertThat(cutmix.text()).isEqualTo("cutmix(count=4,seed=7)");
        assertThat(crops.text()).isEqualTo("crop-cutmix(count=300,leastArea=0.25)");
        assertThat(Views.of(crops.name(), crops.parameters())).isEqualTo(crops);
        assertThat(Views.of("crop", Map.of("count", "1", "leastArea", "0.08")).text())
                .isEqualTo("crop(count=1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "many", "1.5"})
    void aNumberOfViewsThatIsNoneIsRefused(String count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Views.of("cutmix", Map.of("count", count)));
    }

    @Test
    void whatIsNotKnownIsRefusedWithWhatIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Views.of("mixup", Map.of("count", "2")))
                .withMessageContaining("[cutmix, crop, crop-cutmix]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Views.of("crop", Map.of("seed", "2")))
                .withMessageContaining("count");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Views.of("cutmix", Map.of("count", "2", "leastArea", "0.5")))
                .withMessageContaining("leastArea");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Views.of("crop", Map.of("count", "2", "leastArea", "0")));
    }
}
