package io.labelworth.standalone.embedded;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.metadata.LeaderAndIsr;
import org.apache.kafka.metadata.MetadataCache;

/**
 * Mends KAFKA-20734 in this JVM's broker: a partition without a leader is taken for a deleted one.
 *
 * <p>A transaction whose commit is decided but whose markers are not yet written when the broker is
 * killed is completed by the next start. Between the broker's registration and its unfencing no
 * partition has a leader; a marker that is due just then is dropped, the transaction is called
 * complete, and nobody at read_committed ever reads past it again (seen after 10 of 24 kills right
 * behind a commit, Kafka 4.3.1). With this, as in the fix proposed to Kafka, the marker waits for a
 * leader. To be deleted with the upgrade to a Kafka that has it.
 */
final class LeaderlessPartitions {

    private static final String CACHE = "org.apache.kafka.metadata.KRaftMetadataCache";

    private LeaderlessPartitions() {}

    /**
     * Defines Kafka's class anew; has to run before anything loads it.
     *
     * @throws IllegalStateException when it is loaded already
     */
    static void keepMarkers() {
        ClassLoader loader = LeaderlessPartitions.class.getClassLoader();
        TypeDescription cache = TypePool.Default.of(loader).describe(CACHE).resolve();
        byte[] mended =
                new ByteBuddy()
                        .redefine(cache, ClassFileLocator.ForClassLoader.of(loader))
                        .visit(
                                Advice.to(KnownPartition.class)
                                        .on(named("getPartitionLeaderEndpoint")))
                        .make()
                        .getBytes();
        try {
            MethodHandles.privateLookupIn(LeaderAndIsr.class, MethodHandles.lookup())
                    .defineClass(mended);
        } catch (IllegalAccessException | LinkageError e) {
            throw new IllegalStateException("cannot mend " + CACHE + " (KAFKA-20734)", e);
        }
    }

    /** Put at the end of the method. Names no mended class, which would load it. */
    private static final class KnownPartition {

        @Advice.OnMethodExit
        static void exit(
                @Advice.This MetadataCache cache,
                @Advice.Argument(0) String topic,
                @Advice.Argument(1) int partition,
                @Advice.Return(readOnly = false) Optional<Node> endpoint) {
            if (endpoint.isEmpty() && cache.contains(new TopicPartition(topic, partition))) {
                endpoint = Optional.of(Node.noNode());
            }
        }
    }
}
