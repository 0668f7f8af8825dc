package io.labelworth.learning.agreement;

import io.labelworth.learning.label.EntropyMatched;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.ShuffleOthers;
import io.labelworth.learning.label.SwapOne;
import java.util.Arrays;
import java.util.List;

/** What a student is trained on. */
enum LabelKind {
    HARD("hard", List.of()),
    SOFT("soft", List.of()),
    SWAP_ONE("swap-one", List.of(new SwapOne(1))),
    SHUFFLE_OTHERS("shuffle-others", List.of(new ShuffleOthers())),
    ENTROPY_MATCHED("entropy-matched", List.of(new EntropyMatched(EntropyMatched.KEPT)));

    private final String text;
    private final List<LabelTreatment> treatments;

    LabelKind(String text, List<LabelTreatment> treatments) {
        this.text = text;
        this.treatments = treatments;
    }

    /** Those that PyTorch trains on, too. */
    static List<LabelKind> compared() {
        return List.of(HARD, SOFT);
    }

    /** Those that an expert gave. */
    static List<LabelKind> fromExpert() {
        return Arrays.stream(values()).filter(kind -> kind != HARD).toList();
    }

    String text() {
        return text;
    }

    /** Applied to the expert's label. */
    List<LabelTreatment> treatments() {
        return treatments;
    }
}
