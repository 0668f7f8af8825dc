package io.labelworth.trainer.assembly;

import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.label.LabelTreatment;
import io.labelworth.learning.label.RandomTreatment;
import io.labelworth.learning.run.RunSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Identity of a distilled set: the hash of what a student is given, and nothing else. */
final class SetId {

    private SetId() {}

    /**
     * SHA-256, lower-case hexadecimal, over dataset version, source, label digest, the number of
     * treatments, each treatment with its parameters sorted, and with the subset seed where chance
     * decides, the views where there are any, and the image ids in training order, one a line. The
     * digest is over the logits as they were stored, so treatments count apart.
     */
    static String of(RunSpec spec, List<String> imageIds, String labelDigest) {
        List<String> lines = new ArrayList<>();
        lines.add(spec.datasetVersion());
        lines.add(spec.source());
        lines.add(labelDigest);
        lines.add(Integer.toString(spec.treatments().size()));
        spec.treatments().forEach(treatment -> lines.add(text(treatment, spec)));
        spec.views().ifPresent(views -> lines.add(views.text()));
        lines.addAll(imageIds);
        String text = lines.stream().collect(Collectors.joining("\n", "", "\n"));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(LabelTreatment treatment, RunSpec spec) {
        String plain = treatment.name() + new TreeMap<>(treatment.parameters());
        return treatment instanceof RandomTreatment ? plain + " " + spec.subsetSeed() : plain;
    }
}
