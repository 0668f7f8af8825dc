package io.labelworth.trainer.assembly;

import io.labelworth.learning.label.LabelDigest;
import io.labelworth.schemas.event.ImageRef;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A label for each view of each image: those of view 0, of view 1, and so on. */
final class MultiViewLabels implements LabelSource {

    private final List<LabelSource> ofView;

    /**
     * @param count views of each image, 1 or more
     * @param labels the labels of a view, by its number
     */
    MultiViewLabels(int count, IntFunction<LabelSource> labels) {
        this.ofView = IntStream.range(0, count).mapToObj(labels).toList();
    }

    @Override
    public void add(int place, ImageRef image) {
        ofView.forEach(labels -> labels.add(place, image));
    }

    @Override
    public void digest(int place, LabelDigest digest) {
        ofView.forEach(labels -> labels.digest(place, digest));
    }

    /** The mean over the views. */
    @Override
    public double entropy(int place) {
        double sum = 0;
        for (LabelSource labels : ofView) {
            sum += labels.entropy(place);
        }
        return sum / ofView.size();
    }

    @Override
    public long storedBytes() {
        return ofView.stream().mapToLong(LabelSource::storedBytes).sum();
    }

    @Override
    public String checkpointId() {
        return ofView.get(0).checkpointId();
    }

    @Override
    public int size() {
        return ofView.get(0).size();
    }

    @Override
    public int classes() {
        return ofView.get(0).classes();
    }

    @Override
    public int views() {
        return ofView.size();
    }

    @Override
    public void target(int image, int view, float[] into) {
        ofView.get(view).target(image, 0, into);
    }
}
