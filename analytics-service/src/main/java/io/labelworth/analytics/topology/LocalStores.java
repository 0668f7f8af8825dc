package io.labelworth.analytics.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** The state stores that an instance has, which are those of the tasks that it was given. */
final class LocalStores {

    private final Map<Integer, Set<String>> bySubtopology = new HashMap<>();

    /** The stores of a topology; all of them key-value stores. */
    LocalStores(TopologyDescription topology) {
        for (TopologyDescription.Subtopology subtopology : topology.subtopologies()) {
            bySubtopology.put(
                    subtopology.id(),
                    subtopology.nodes().stream()
                            .filter(TopologyDescription.Processor.class::isInstance)
                            .map(TopologyDescription.Processor.class::cast)
                            .flatMap(node -> node.stores().stream())
                            .collect(Collectors.toSet()));
        }
    }

    /**
     * Asks each store that this instance has.
     *
     * @return how many
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException when one does not answer
     */
    int ask(KafkaStreams streams) {
        Set<String> local = new TreeSet<>();
        streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(task -> bySubtopology.getOrDefault(task.taskId().subtopology(), Set.of()))
                .forEach(local::addAll);
        for (String store : local) {
            streams.store(
                            StoreQueryParameters.fromNameAndType(
                                    store, QueryableStoreTypes.<Object, Object>keyValueStore()))
                    .approximateNumEntries();
        }
        return local.size();
    }
}
