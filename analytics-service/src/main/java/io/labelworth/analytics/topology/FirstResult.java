package io.labelworth.analytics.topology;

import io.labelworth.schemas.event.Accuracy;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Lets the first final result of each run pass and drops every later one: trainers see to it that
 * there is none, and what is counted does not rest on that. First is by offset, as for every topic
 * that is kept for ever, so a result that was once counted is never exchanged and nothing
 * downstream needs to subtract.
 */
final class FirstResult implements FixedKeyProcessor<String, Accuracy, Accuracy> {

    /** Run id to the attempt whose result counts. */
    static final String STORE = "counted-attempts";

    private FixedKeyProcessorContext<String, Accuracy> context;
    private KeyValueStore<String, String> counted;

    static FixedKeyProcessorSupplier<String, Accuracy, Accuracy> supplier() {
        return new FixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<String, Accuracy, Accuracy> get() {
                return new FirstResult();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE),
                                Serdes.String(),
                                Serdes.String()));
            }
        };
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Accuracy> context) {
        this.context = context;
        this.counted = context.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, Accuracy> record) {
        if (counted.putIfAbsent(record.key(), record.value().getAttemptId()) == null) {
            context.forward(record);
        }
    }
}
