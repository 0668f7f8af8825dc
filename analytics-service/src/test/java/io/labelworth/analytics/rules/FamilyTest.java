package io.labelworth.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.schemas.event.Choice;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamilyTest {

    @Test
    void keyNamesWhatMayBeComparedWithParametersSorted() {
        Family family =
                new Family("cifar10", "v1", "real", choice(Map.of("width", "32", "depth", "3")));

        assertThat(family.key()).isEqualTo("cifar10@v1/real/convnet[depth=3,width=32]");
        assertThat(family.frontierKey("hard", CostAxis.BYTES))
                .isEqualTo("cifar10@v1/real/convnet[depth=3,width=32]/hard/bytes");
        assertThat(family.worthKey(10)).isEqualTo("cifar10@v1/real/convnet[depth=3,width=32]/10");
    }

    @Test
    void slashesInNamesNeverMakeOneFamilyLookLikeAnother() {
        Family family = new Family("a/b", "v", "c", choice(Map.of()));
        Family other = new Family("a", "v", "b/c", choice(Map.of()));

        assertThat(family.key()).isEqualTo("a%2Fb@v/c/convnet");
        assertThat(other.key()).isEqualTo("a@v/b%2Fc/convnet");
    }

    private static Choice choice(Map<String, String> parameters) {
        return Choice.newBuilder().setName("convnet").setParameters(parameters).build();
    }
}
