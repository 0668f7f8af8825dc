package io.labelworth.trainer.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a trainer measures of itself. Safe to share between workers. */
public final class TrainerMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger students = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter steps;
    private final Timer labels;
    private final Timer assembly;

    /** How a worker's time with a run ended. */
    enum End {
        /** With its result. */
        FINISHED,
        /** With a reason why there is none. */
        FAILED,
        /** Given up: cancelled, or settled by somebody else. */
        ABANDONED,
        /** Given back for another try. */
        RELEASED,
        /** Lost to another worker. */
        LOST
    }

    /**
     * @param registry where the meters are added
     */
    public TrainerMetrics(MeterRegistry registry) {
        this.registry = registry;
        steps =
                Counter.builder("labelworth.trainer.steps")
                        .description("Optimiser steps taken; its rate is steps per second.")
                        .register(registry);
        labels =
                Timer.builder("labelworth.trainer.labels.wait")
                        .description("Time a run waits until its labels are at hand.")
                        .register(registry);
        assembly =
                Timer.builder("labelworth.trainer.assembly")
                        .description("Time from labels at hand to a set to train on.")
                        .register(registry);
        gauge("labelworth.trainer.students", "Runs in hand, those that wait included.", students);
        gauge("labelworth.trainer.waiting", "Runs in hand that wait for labels.", waiting);
        for (End end : End.values()) {
            ends(end);
        }
    }

    /** A worker took a run. */
    void took() {
        students.incrementAndGet();
    }

    /** A worker's time with a run is over. */
    void ended(End end) {
        students.decrementAndGet();
        ends(end).increment();
    }

    /** A step was taken. */
    void step() {
        steps.increment();
    }

    /** A run begins to wait for its labels. */
    void waits() {
        waiting.incrementAndGet();
    }

    /** A run has its labels, or waits no more. */
    void waited(long nanos) {
        waiting.decrementAndGet();
        labels.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A set was assembled. */
    void assembled(long nanos) {
        assembly.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter ends(End end) {
        return Counter.builder("labelworth.trainer.runs")
                .description("Runs that workers had in hand, by how that ended.")
                .tag("end", end.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void gauge(String name, String description, AtomicInteger value) {
        Gauge.builder(name, value::get).description(description).register(registry);
    }
}
