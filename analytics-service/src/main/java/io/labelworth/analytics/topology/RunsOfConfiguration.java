package io.labelworth.analytics.topology;

import io.labelworth.analytics.rules.Summaries;
import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.Accuracy;
import io.labelworth.schemas.event.AccuracySummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Collects the final results of each configuration and summarises them with each new one.
 *
 * <p>The first final result of a run counts and later ones are dropped: trainers see to it that
 * there is none, and what is counted does not rest on that. First is by offset, since all results
 * of a run come by one partition, so a result that was once counted is never exchanged and nothing
 * downstream needs to subtract.
 *
 * <p>Each result is a record of its own: a list of them would be read and written whole for every
 * run. The configurations that were last in hand are kept in memory, since runs of one experiment
 * come together.
 */
public final class RunsOfConfiguration
        implements FixedKeyProcessor<String, Accuracy, AccuracySummary> {

    /** Some 60 kB each at 20 runs. */
    private static final int IN_MEMORY = 500;

    private static final StringSerializer KEYS = new StringSerializer();

    private final Map<String, List<Accuracy>> recent =
            new LinkedHashMap<>(IN_MEMORY, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<Accuracy>> eldest) {
                    return size() > IN_MEMORY;
                }
            };

    private FixedKeyProcessorContext<String, AccuracySummary> context;
    private KeyValueStore<String, Accuracy> results;

    private RunsOfConfiguration() {}

    static FixedKeyProcessorSupplier<String, Accuracy, AccuracySummary> supplier(
            SchemaRegistry registry) {
        return new FixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<String, Accuracy, AccuracySummary> get() {
                return new RunsOfConfiguration();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(AnalyticsTopology.RESULTS),
                                Serdes.String(),
                                TopicSerde.of(Topics.ACCURACY, registry)));
            }
        };
    }

    /**
     * The final results of a configuration, sorted by run id; empty where the store has none.
     *
     * @param store the store {@link AnalyticsTopology#RESULTS}
     */
    public static List<Accuracy> of(
            ReadOnlyKeyValueStore<String, Accuracy> store, String configurationId) {
        List<Accuracy> runs = new ArrayList<>();
        try (KeyValueIterator<String, Accuracy> stored =
                store.prefixScan(configurationId + "/", KEYS)) {
            stored.forEachRemaining(
                    entry -> {
                        // An id with a slash in it would be found below a shorter one, too.
                        if (entry.value.getConfigurationId().equals(configurationId)) {
                            runs.add(entry.value);
                        }
                    });
        }
        runs.sort(Comparator.comparing(Accuracy::getRunId));
        return runs;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, AccuracySummary> context) {
        this.context = context;
        this.results = context.getStateStore(AnalyticsTopology.RESULTS);
        // A task whose transaction was aborted is initialised again: memory follows the store.
        recent.clear();
    }

    @Override
    public void process(FixedKeyRecord<String, Accuracy> record) {
        String configuration = record.key();
        Accuracy result = record.value();
        List<Accuracy> before = recent.computeIfAbsent(configuration, id -> of(results, id));
        List<Accuracy> now = Summaries.with(before, result);
        if (now != before) {
            results.put(configuration + "/" + result.getRunId(), result);
            recent.put(configuration, now);
            context.forward(record.withValue(Summaries.of(now)));
        }
    }
}
