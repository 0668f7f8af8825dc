package io.labelworth.trainer.view;

import io.labelworth.kafka.EventConsumers;
import io.labelworth.schemas.event.OffsetPin;
import io.labelworth.schemas.event.TrainingRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The view as a run needs it: waits until it has passed the run's pins, then gives a snapshot. */
public final class PinnedView {

    private final LabelView view;
    private final LabelLoader loader;
    private final Duration patience;

    /**
     * @param capacity labellings kept on disk
     * @param patience how long a run waits for what its pins name
     */
    public PinnedView(
            LabelView view,
            EventConsumers consumers,
            String clientId,
            int capacity,
            Duration patience) {
        this.view = view;
        this.loader = new LabelLoader(consumers, view, clientId, capacity);
        this.patience = patience;
    }

    /**
     * A snapshot that holds everything the run is pinned to.
     *
     * @param abandoned whether nobody waits any more
     * @throws ViewException when the topics do not give it in time; the message says what is
     *     missing
     */
    public ViewSnapshot await(TrainingRun run, BooleanSupplier abandoned)
            throws InterruptedException {
        Deadline deadline = Deadline.in(patience, abandoned);
        for (OffsetPin pin : run.getPins()) {
            if (!view.awaitImageRefs(pin.getPartition(), pin.getImageRefOffset(), deadline)) {
                throw new ViewException(
                        "image-refs partition "
                                + pin.getPartition()
                                + " did not reach offset "
                                + pin.getImageRefOffset()
                                + " within "
                                + patience.toSeconds()
                                + " s");
            }
        }
        Map<String, List<OffsetPin>> needed = pinsByLabelling(run);
        // Whoever needs no labels does not wait for those of others.
        return needed.isEmpty() ? view.snapshot() : loader.load(needed, deadline, patience);
    }

    private static Map<String, List<OffsetPin>> pinsByLabelling(TrainingRun run) {
        return run.getPins().stream()
                .filter(pin -> pin.getFirstLabelOffset() >= 0)
                .collect(
                        Collectors.groupingBy(
                                pin -> labelling(pin, run), TreeMap::new, Collectors.toList()));
    }

    private static String labelling(OffsetPin pin, TrainingRun run) {
        return pin.getLabellingId() == null ? run.getLabellingId() : pin.getLabellingId();
    }
}
