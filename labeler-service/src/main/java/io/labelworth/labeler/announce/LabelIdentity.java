package io.labelworth.labeler.announce;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabellingId;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;

/**
 * Everything that decides a checkpoint's labels, but for its weights.
 *
 * @param dataset dataset labelled
 * @param description of the file, its architecture with its input
 * @param codec how logits are stored
 */
public record LabelIdentity(
        DatasetInfo dataset, ExpertModel.Description description, LabelCodec codec) {

    /** The labelling that weights of this hash make. */
    public String labellingId(String sha256) {
        return LabellingId.of(
                sha256,
                dataset.version(),
                description.architecture(),
                description.preprocessing(),
                description.precision().toString(),
                codec.text());
    }

    /** An announcement of weights of this hash, without what says where they come from. */
    public ExpertCheckpoint.Builder announcement(String sha256) {
        Architecture architecture = description.architecture();
        Preprocessing preprocessing = description.preprocessing();
        return ExpertCheckpoint.newBuilder()
                .setLabellingId(labellingId(sha256))
                .setDataset(dataset.name())
                .setDatasetVersion(dataset.version())
                .setArchitecture(new Choice(architecture.name(), architecture.parameters()))
                .setSha256(sha256)
                .setFormat(description.format().toString())
                .setPreprocessing(new Choice(preprocessing.name(), preprocessing.parameters()))
                .setPrecision(description.precision().toString())
                .setCodec(new Choice(codec.name(), codec.parameters()));
    }
}
