package io.labelworth.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.common.KRaftVersion;
import org.junit.jupiter.api.Test;

class LeaderlessPartitionsTest {

    private static final ListenerName LISTENER = new ListenerName("PLAINTEXT");
    private static final int NOBODY = -1;

    @Test
    void aPartitionWithoutALeaderIsNotADeletedOne() {
        // Given
        LeaderlessPartitions.keepMarkers();
        KRaftMetadataCache cache = new KRaftMetadataCache(1, () -> KRaftVersion.KRAFT_VERSION_1);

        // When
        cache.setImage(withLeaderlessPartition("labels"));

        // Then
        assertThat(cache.getPartitionLeaderEndpoint("labels", 0, LISTENER)).contains(Node.noNode());
        assertThat(cache.getPartitionLeaderEndpoint("labels", 1, LISTENER)).isEmpty();
        assertThat(cache.getPartitionLeaderEndpoint("deleted", 0, LISTENER)).isEmpty();
    }

    private static MetadataImage withLeaderlessPartition(String topic) {
        MetadataDelta delta = new MetadataDelta.Builder().setImage(MetadataImage.EMPTY).build();
        Uuid id = Uuid.randomUuid();
        delta.replay(new TopicRecord().setName(topic).setTopicId(id));
        delta.replay(
                new PartitionRecord()
                        .setTopicId(id)
                        .setPartitionId(0)
                        .setLeader(NOBODY)
                        .setLeaderEpoch(1));
        return delta.apply(MetadataProvenance.EMPTY);
    }
}
