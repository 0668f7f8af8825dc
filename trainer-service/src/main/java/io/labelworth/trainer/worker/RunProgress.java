package io.labelworth.trainer.worker;

import io.labelworth.schemas.event.Accuracy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the training thread and the slot that watches it tell each other: how far it is, the curve
 * points to publish, and whether to give up.
 */
final class RunProgress {

    private final Queue<Accuracy> points = new ConcurrentLinkedQueue<>();
    private volatile int step;
    private volatile int steps;
    private volatile boolean abandoned;

    /** Notes that training begins, and how long it is. */
    void steps(int total) {
        steps = total;
    }

    void step(int done) {
        step = done;
    }

    int step() {
        return step;
    }

    /** Steps to take; 0 while the run waits for its labels. */
    int steps() {
        return steps;
    }

    void point(Accuracy point) {
        points.add(point);
    }

    /** Points that are not yet published, oldest first. */
    List<Accuracy> points() {
        return List.copyOf(points);
    }

    /** Notes that the oldest {@code count} points are published; by the slot's thread only. */
    void published(int count) {
        for (int i = 0; i < count; i++) {
            points.remove();
        }
    }

    void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }
}
