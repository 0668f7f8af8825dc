package io.labelworth.analytics.http;

import io.javalin.http.sse.SseClient;
import io.labelworth.analytics.rest.Json;
import io.labelworth.analytics.view.Changes;
import io.labelworth.analytics.view.Views;
import io.labelworth.kafka.ServiceLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * All open event streams. Ten times a second what changed becomes one frame, which all of them are
 * sent: each event is written out once, however many browsers are open. Once a second they are told
 * what labelers and trainers are at, if that changed, and every few seconds in any case, which
 * keeps connections alive and finds dead ones.
 */
final class EventSessions implements ServiceLoop.Work {

    /** Most open streams; each may hold a thread and some megabytes while its browser is slow. */
    static final int MOST = 1_000;

    private static final Duration BEAT = Duration.ofMillis(100);
    private static final int BEATS_OF_ACTIVITY = 10;
    private static final int BEATS_OF_SILENCE = 100;

    private final Views views;
    private final BooleanSupplier caughtUp;
    private final Queue<EventSession> joining = new ConcurrentLinkedQueue<>();
    private final Set<EventSession> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "labelworth-analytics-events");
                        thread.setDaemon(true);
                        return thread;
                    });
    private long told = -1;
    private int beats;
    private int toldAt;

    /**
     * @param caughtUp whether the views have all that there is; browsers wait for that
     */
    EventSessions(Views views, BooleanSupplier caughtUp) {
        this.views = views;
        this.caughtUp = caughtUp;
    }

    /** Takes a browser in; called by the server's threads. */
    void open(SseClient client) {
        joining.add(new EventSession(client, senders));
    }

    /** Number of open streams. */
    int size() {
        return open.size() + joining.size();
    }

    @Override
    public void step() {
        try {
            Thread.sleep(BEAT.toMillis());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
        tellAll();
        if (caughtUp.getAsBoolean()) {
            welcome();
        }
    }

    @Override
    public void release() {
        senders.shutdownNow();
    }

    private void tellAll() {
        Frame frame = new Frame();
        frame.changes(views.results().drain()).points(views.runs().drainPoints());
        open.removeIf(EventSession::gone);
        if (beats++ % BEATS_OF_ACTIVITY == 0 && !open.isEmpty()) {
            long now = views.activity().version();
            if (now != told || beats - toldAt >= BEATS_OF_SILENCE) {
                told = now;
                toldAt = beats;
                frame.activity(activity());
            }
        }
        byte[] bytes = frame.bytes();
        if (bytes.length > 0) {
            open.forEach(session -> session.offer(bytes));
        }
    }

    /**
     * Sends newcomers what they have missed. What is applied meanwhile is in the next frame too, in
     * the same or a newer state: nothing is lost, and nothing old follows something new.
     */
    private void welcome() {
        if (joining.isEmpty()) {
            return;
        }
        String activity = activity();
        for (EventSession session = joining.poll(); session != null; session = joining.poll()) {
            Changes missed = views.results().missed(session.seen());
            Frame frame = new Frame().changes(missed).ready(missed.position());
            frame.activity(activity).points(views.runs().runningPoints());
            session.welcome(frame.bytes());
            open.add(session);
        }
    }

    private String activity() {
        return Json.text(views.activity().snapshot());
    }
}
