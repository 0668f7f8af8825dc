package io.labelworth.analytics.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * Write buffers for many small stores: by default each of some thirty may take 48 MiB outside the
 * heap before it writes, which is more than all results of a year of experiments.
 */
public final class SmallStores implements RocksDBConfigSetter {

    private static final long WRITE_BUFFER_BYTES = 2L << 20;
    private static final int WRITE_BUFFERS = 2;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String storeName, Options options) {
        // Nothing was allocated in setConfig.
    }
}
