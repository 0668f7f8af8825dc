package io.labelworth.labeler;

import io.labelworth.kafka.Cluster;
import io.labelworth.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks the cluster where a topic ends. */
final class TopicEnds {

    private final Cluster cluster;
    private final Topic<?> topic;
    private final Map<TopicPartition, OffsetSpec> latest = new HashMap<>();

    TopicEnds(Cluster cluster, Topic<?> topic) {
        this.cluster = cluster;
        this.topic = topic;
        for (int partition = 0; partition < cluster.partitions(topic); partition++) {
            latest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
    }

    /**
     * Next offset of each partition.
     *
     * @param isolation READ_COMMITTED: what readers may see now; READ_UNCOMMITTED: behind every
     *     record written, those of open transactions included
     * @throws io.labelworth.kafka.ConfigurationException when the cluster does not answer
     */
    Map<Integer, Long> now(IsolationLevel isolation) {
        Map<Integer, Long> ends = new HashMap<>();
        cluster.await(cluster.admin().listOffsets(latest, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /** Partitions of the topic on this cluster. */
    int partitions() {
        return latest.size();
    }

    @Override
    public String toString() {
        return topic.name();
    }
}
