package io.labelworth.analytics.topology;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** What was published last by key, so that only changes are. */
final class Published<V extends SpecificRecord> {

    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, V> store;

    /**
     * @param store name of the store that remembers
     */
    Published(ProcessorContext<String, SpecificRecord> context, String store) {
        this.context = context;
        this.store = context.getStateStore(store);
    }

    /** What was published last; null before. */
    V last(String key) {
        return store.get(key);
    }

    /** Publishes an event. */
    void publish(String key, V event, long now) {
        store.put(key, event);
        context.forward(new Record<>(key, event, now));
    }

    /** Publishes an event unless it is the last one. */
    void publishChange(String key, V event, long now) {
        if (!event.equals(last(key))) {
            publish(key, event, now);
        }
    }
}
