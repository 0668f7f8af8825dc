package io.labelworth.it.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.learning.label.LabelDigest;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.DistilledSet;
import io.labelworth.schemas.event.SoftLabel;
import java.util.HashMap;
import java.util.Map;

/** The labels as a plain reader of the topics finds them: of equal keys the lowest offset. */
final class LabelsOnTheTopic {

    private final Map<String, SoftLabel> labels = new HashMap<>();
    private final Map<String, Integer> classes = new HashMap<>();

    private LabelsOnTheTopic() {}

    static LabelsOnTheTopic read(TrainerCluster cluster) {
        LabelsOnTheTopic read = new LabelsOnTheTopic();
        cluster.all(Topics.SOFT_LABELS).forEach(l -> read.labels.putIfAbsent(key(l), l));
        cluster.all(Topics.IMAGE_REFS)
                .forEach(image -> read.classes.put(image.getImageId(), image.getImageClass()));
        return read;
    }

    /** The label that a labelling gives an image itself. */
    SoftLabel label(String labellingId, String imageId) {
        return labels.get(labellingId + "/" + imageId);
    }

    private static String key(SoftLabel label) {
        String image = label.getLabellingId() + "/" + label.getImageId();
        return label.getView() == null ? image : image + "/" + label.getView();
    }

    private static void add(LabelDigest digest, String id, SoftLabel label) {
        byte[] payload = new byte[label.getLogits().remaining()];
        label.getLogits().duplicate().get(payload);
        digest.add(id, label.getImageClass(), label.getCodec().getName(), payload);
    }

    /** A result and its manifest carry the digest that these labels give. */
    void assertDigest(Accuracy result, DistilledSet manifest) {
        LabelDigest digest = new LabelDigest();
        for (String image : manifest.getImageIds()) {
            if (result.getRegime().equals("hard")) {
                digest.addHard(image, classes.get(image));
            } else if (manifest.getViews() == null) {
                add(digest, image, labels.get(result.getLabellingId() + "/" + image));
            } else {
                int views = Integer.parseInt(manifest.getViews().getParameters().get("count"));
                for (int view = 0; view < views; view++) {
                    String viewed = image + "/" + view;
                    add(digest, viewed, labels.get(result.getLabellingId() + "/" + viewed));
                }
            }
        }
        String expected = digest.hex();
        assertThat(manifest.getLabelDigest()).isEqualTo(expected);
        assertThat(result.getLabelDigest()).isEqualTo(expected);
        assertThat(manifest.getImageIds())
                .hasSize(result.getImagesPerClass() * TinyDataset.CLASSES)
                .doesNotHaveDuplicates();
    }
}
