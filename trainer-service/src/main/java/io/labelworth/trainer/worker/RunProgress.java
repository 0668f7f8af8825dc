package io.labelworth.trainer.worker;

import io.labelworth.schemas.event.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What the training thread and the slot that watches it tell each other: how far it is, the curve
 * points to publish, and whether to give up.
 */
final class RunProgress {

    private final Queue<Accuracy> points = new ConcurrentLinkedQueue<>();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private volatile int step;
    private volatile int steps;
    private volatile boolean abandoned;

    void steps(int total) {
        steps = total;
    }

    void step(int done) {
        step = done;
    }

    int step() {
        return step;
    }

    int steps() {
        return steps;
    }

    void point(Accuracy point) {
        points.add(point);
    }

    /** The next point not yet published; null when there is none. */
    Accuracy nextPoint() {
        return points.poll();
    }

    /** Notes that a point was sent; by the slot's thread only. */
    void sent(Future<RecordMetadata> point) {
        sent.add(point);
    }

    /** Points sent, acknowledged or not. */
    List<Future<RecordMetadata>> sent() {
        return sent;
    }

    void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }
}
