package io.labelworth.labeler;

import io.labelworth.kafka.ConfigurationException;
import io.labelworth.kafka.ServiceLoop;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the end of image-refs for all labellings at once, so that a checkpoint that has caught up
 * needs no consumer to notice new images.
 */
final class ImageRefsEnd implements ServiceLoop.Work {

    private static final Logger log = LoggerFactory.getLogger(ImageRefsEnd.class);
    private static final Duration REFRESH = Duration.ofMillis(250);

    private final TopicEnds imageRefs;
    private final Pause pause = new Pause();
    private volatile Map<Integer, Long> ends = Map.of();

    ImageRefsEnd(TopicEnds imageRefs) {
        this.imageRefs = imageRefs;
    }

    /** Next offset that readers may see, by partition; empty until first known. */
    Map<Integer, Long> ends() {
        return ends;
    }

    @Override
    public void step() {
        try {
            ends = imageRefs.now(IsolationLevel.READ_COMMITTED);
        } catch (ConfigurationException e) {
            // A broker that restarts is no reason to stop: the last known end stands until then.
            log.warn("keeping the last known end of {}: {}", imageRefs, e.getMessage());
        }
        pause.take(REFRESH);
    }

    @Override
    public void wakeup() {
        pause.end();
    }
}
