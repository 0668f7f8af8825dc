package io.labelworth.labeler.announce;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetException;
import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelException;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.ModelException;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.WeightsFormat;
import java.util.Map;
import java.util.function.Function;

/**
 * A request that makes sense, with everything that it left to the dataset.
 *
 * @param request what was asked
 * @param dataset dataset named, opened
 * @param identity what decides the labels
 */
record Candidate(CheckpointRequest request, Dataset dataset, LabelIdentity identity) {

    /**
     * Checks a request without looking at its file.
     *
     * @throws RefusedException of kind bad-request, unknown-dataset, wrong-input, unknown-codec or
     *     unusable-model
     */
    static Candidate of(CheckpointRequest request, Function<String, Dataset> datasets)
            throws RefusedException {
        request.requireSensible();
        if (request.format() != WeightsFormat.SAFETENSORS
                && request.precision() != Precision.FP32) {
            throw new RefusedException(
                    "unusable-model",
                    request.format()
                            + " is computed as it was saved, or not at all; announce it as fp32");
        }
        Dataset dataset = opened(request.dataset(), datasets);
        return new Candidate(
                request,
                dataset,
                new LabelIdentity(
                        dataset.info(),
                        new ExpertModel.Description(
                                request.format(),
                                complete(request.architecture(), dataset.info()),
                                request.preprocessing()
                                        .orElseGet(() -> Preprocessing.of(dataset.info())),
                                request.precision()),
                        codec(request, dataset.info())));
    }

    int bytesPerLabel() {
        return identity.codec().bytes(dataset.info().classes());
    }

    /** Training images seen, of the passes where only these are known. */
    long imagesSeen() {
        return request.imagesSeen() > 0
                ? request.imagesSeen()
                : Math.round(request.epoch() * dataset.train().size());
    }

    /** Passes over the training split, of the images where only these are known. */
    double epoch() {
        return request.epoch() > 0
                ? request.epoch()
                : (double) request.imagesSeen() / dataset.train().size();
    }

    private static Dataset opened(String name, Function<String, Dataset> datasets)
            throws RefusedException {
        try {
            return datasets.apply(name);
        } catch (DatasetException e) {
            throw new RefusedException("unknown-dataset", e);
        }
    }

    private static Architecture complete(Architecture asked, DatasetInfo dataset)
            throws RefusedException {
        try {
            Architecture complete = asked.forDataset(dataset);
            for (Map.Entry<String, String> parameter : asked.parameters().entrySet()) {
                String expected = complete.parameters().get(parameter.getKey());
                if (expected != null && !expected.equals(parameter.getValue())) {
                    throw new RefusedException(
                            "wrong-input",
                            String.format(
                                    "%s is %s in the architecture and %s in %s",
                                    parameter.getKey(),
                                    parameter.getValue(),
                                    expected,
                                    dataset.name()));
                }
            }
            complete.validate();
            return complete;
        } catch (ModelException e) {
            throw new RefusedException("unusable-model", e);
        }
    }

    private static LabelCodec codec(CheckpointRequest request, DatasetInfo dataset)
            throws RefusedException {
        try {
            LabelCodec codec =
                    request.codec().orElseGet(() -> LabelCodecs.parse(dataset.labelCodec()));
            codec.bytes(dataset.classes());
            return codec;
        } catch (LabelException e) {
            throw new RefusedException("unknown-codec", e);
        }
    }
}
