package io.labelworth.analytics.topology;

import io.labelworth.schemas.event.Accuracy;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The final results of each configuration, spread over the instances by configuration. What is read
 * here may be some moments ahead of the topics, whose readers wait for the commit.
 */
public interface RunStore {

    /** The instance that keeps a configuration's; empty while none does or nobody knows. */
    Optional<HostInfo> owner(String configurationId);

    /** Whether that is this instance. */
    boolean isHere(HostInfo owner);

    /**
     * The configuration's results, kept here, sorted by run id; empty where it has none.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while the store is being
     *     moved or restored
     */
    Optional<List<Accuracy>> runs(String configurationId);
}
