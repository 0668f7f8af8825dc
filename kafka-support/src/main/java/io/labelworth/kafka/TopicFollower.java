package io.labelworth.kafka;

import io.labelworth.schemas.Topic;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Keeps a view up to date: hands over every committed record of a topic from its start, and says
 * how far it is. The work of a {@link ServiceLoop}.
 */
public final class TopicFollower<V extends SpecificRecord> implements ServiceLoop.Work {

    /** What is kept up to date; called by the follower's thread only. */
    public interface View<V> {

        /** The next record of a partition. */
        void accept(ConsumerRecord<String, Decoded<V>> record);

        /** Every committed record of {@code partition} below {@code nextOffset} was handed over. */
        default void passed(int partition, long nextOffset) {}
    }

    private static final Duration POLL = Duration.ofMillis(100);

    private final EventConsumers consumers;
    private final Topic<V> topic;
    private final String clientId;
    private final View<V> view;
    private volatile TopicReader<V> reader;
    private volatile boolean caughtUp;

    /** A follower that has read nothing yet. */
    public TopicFollower(EventConsumers consumers, Topic<V> topic, String clientId, View<V> view) {
        this.consumers = consumers;
        this.topic = topic;
        this.clientId = clientId;
        this.view = view;
    }

    /** Whether everything that was there at the start has been handed over. */
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void open() {
        reader = new TopicReader<>(consumers, topic, clientId);
        reader.catchUp(view::accept);
        reportPositions();
        caughtUp = true;
    }

    @Override
    public void step() {
        reader.poll(POLL).forEach(view::accept);
        reportPositions();
    }

    @Override
    public void wakeup() {
        TopicReader<V> current = reader;
        if (current != null) {
            current.wakeup();
        }
    }

    @Override
    public void release() {
        TopicReader<V> current = reader;
        if (current != null) {
            current.close();
        }
    }

    private void reportPositions() {
        for (int partition = 0; partition < reader.partitionCount(); partition++) {
            view.passed(partition, reader.position(partition));
        }
    }
}
