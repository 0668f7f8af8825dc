package io.labelworth.analytics.http;

import io.javalin.http.sse.SseClient;
import io.labelworth.analytics.view.Activity;
import io.labelworth.analytics.view.Results;
import io.labelworth.kafka.ServiceLoop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * All open event streams. Once a second they are told what labelers and trainers are at, if that
 * changed, and every few seconds in any case, which keeps connections alive and finds dead ones.
 */
final class EventSessions implements ServiceLoop.Work {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int BEATS_OF_SILENCE = 10;

    private final Results results;
    private final Activity activity;
    private final Set<EventSession> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "labelworth-analytics-events");
                        thread.setDaemon(true);
                        return thread;
                    });
    private Activity.Snapshot told;
    private int silence;

    EventSessions(Results results, Activity activity) {
        this.results = results;
        this.activity = activity;
    }

    /** Takes a browser in; called by the server's threads. */
    void open(SseClient client) {
        EventSession session = new EventSession(client, senders);
        open.add(session);
        session.open(results, activity.snapshot());
    }

    @Override
    public void step() {
        try {
            Thread.sleep(BEAT.toMillis());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
        open.removeIf(EventSession::gone);
        Activity.Snapshot now = activity.snapshot();
        silence++;
        if (!now.equals(told) || silence >= BEATS_OF_SILENCE) {
            told = now;
            silence = 0;
            open.forEach(session -> session.activity(now));
        }
    }

    @Override
    public void release() {
        senders.shutdownNow();
    }
}
