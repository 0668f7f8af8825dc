package io.labelworth.analytics.topology;

import io.labelworth.schemas.SchemaRegistry;
import io.labelworth.schemas.Topic;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.AccuracySummary;
import java.time.Duration;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Makes {@link FamilyProcessor}s with the stores they work on. */
record FamilyStores(Duration interval, SchemaRegistry registry)
        implements ProcessorSupplier<String, AccuracySummary, String, SpecificRecord> {

    /**
     * Family key and configuration id to the configuration's summary, as {@code Summaries.light}.
     */
    static final String CONFIGURATIONS = "configurations-by-family";

    /** Key of pareto-frontier to the frontier published last. */
    static final String FRONTIERS = "published-frontiers";

    /** Key of scaling-laws to the law published last. */
    static final String LAWS = "published-laws";

    /** Key of label-worth to the worth published last. */
    static final String WORTHS = "published-worths";

    @Override
    public Processor<String, AccuracySummary, String, SpecificRecord> get() {
        return new FamilyProcessor(interval);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                store(CONFIGURATIONS, Topics.ACCURACY_SUMMARY),
                store(FRONTIERS, Topics.PARETO_FRONTIER),
                store(LAWS, Topics.SCALING_LAWS),
                store(WORTHS, Topics.LABEL_WORTH));
    }

    private <V extends SpecificRecord> StoreBuilder<?> store(String name, Topic<V> holds) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name),
                Serdes.String(),
                TopicSerde.of(holds, registry));
    }
}
