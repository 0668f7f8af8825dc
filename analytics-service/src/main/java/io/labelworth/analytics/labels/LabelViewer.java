package io.labelworth.analytics.labels;

import io.labelworth.analytics.rest.Endpoint;
import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.Health;
import io.labelworth.kafka.Service;
import io.labelworth.kafka.ServiceLoop;
import io.labelworth.learning.data.Datasets;
import java.nio.file.Path;
import java.util.List;

/**
 * What the label viewer is served from: {@code /api/datasets}, {@code /api/images} and {@code
 * /api/labels}. It loads no network.
 */
public final class LabelViewer implements Service {

    private static final String NAME = "labelworth-analytics-labels";

    private final EventLog log;
    private final ServiceLoop feed;
    private final LabelRoutes routes;

    /**
     * A viewer that is not yet started.
     *
     * @param datasets the datasets it knows
     * @param dataRoot folder that image URIs are relative to; need not be there
     */
    public LabelViewer(EventConsumers consumers, Datasets datasets, Path dataRoot) {
        Pools pools = new Pools();
        Labellings labellings = new Labellings();
        log = new EventLog(consumers);
        feed = new ServiceLoop(NAME, new LabelFeed(consumers, pools, labellings));
        ImageLabels labels = new ImageLabels(labellings, new LabelOffsets(log), log);
        routes = new LabelRoutes(datasets, dataRoot, pools, labels, log);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What it answers. */
    public List<Endpoint> endpoints() {
        return routes.endpoints();
    }

    @Override
    public void start() {
        feed.start();
    }

    @Override
    public Health health() {
        return feed.health();
    }

    @Override
    public void close() {
        feed.close();
        log.close();
    }
}
