package io.labelworth.analytics.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.sse.SseClient;
import io.labelworth.analytics.view.Change;
import io.labelworth.analytics.view.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One browser's stream of events. What it has not taken yet is kept by key, so a slow browser holds
 * no more than the latest event of each key and catches up by skipping what was overtaken.
 *
 * <p>Events: the topic's name with {@code {key, value}} and, as id, the position to resume after;
 * {@code ready} once the backlog is through; {@code activity} with what labelers and trainers are
 * at.
 */
final class EventSession implements Consumer<Change> {

    private record Message(String event, Object data, String id) {}

    private final SseClient client;
    private final Executor executor;
    private final Map<String, Message> waiting = new LinkedHashMap<>();
    private boolean sending;

    EventSession(SseClient client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    /** Sends what the browser has missed, then every change, until it goes away. */
    void open(Results results, Object activity) {
        client.keepAlive();
        client.onClose(() -> results.unsubscribe(this));
        // Changes wait for the lock, so none overtakes the backlog; the reading thread cannot hold
        // the results' lock and wait for this one before subscribe has returned.
        synchronized (this) {
            Results.Backlog backlog = results.subscribe(client.ctx().header("Last-Event-ID"), this);
            backlog.changes().forEach(this::put);
            put("ready", new Message("ready", "{}", backlog.position()));
            put("activity", new Message("activity", activity, null));
            sendLater();
        }
    }

    @Override
    public synchronized void accept(Change change) {
        put(change);
        sendLater();
    }

    /** Sends what labelers and trainers are at; also what keeps idle connections open. */
    synchronized void activity(Object activity) {
        put("activity", new Message("activity", activity, null));
        sendLater();
    }

    /** Whether the browser has left. */
    boolean gone() {
        return client.terminated();
    }

    private void put(Change change) {
        put(change.topic() + "/" + change.key(), message(change));
    }

    private void put(String key, Message message) {
        // Removed first, so that ids never run ahead of what was sent.
        waiting.remove(key);
        waiting.put(key, message);
    }

    private void sendLater() {
        if (!sending && !waiting.isEmpty()) {
            sending = true;
            executor.execute(this::send);
        }
    }

    private void send() {
        for (List<Message> batch = take(); !batch.isEmpty(); batch = take()) {
            for (Message message : batch) {
                if (gone()) {
                    return;
                }
                client.sendEvent(message.event(), message.data(), message.id());
            }
        }
    }

    private synchronized List<Message> take() {
        List<Message> batch = new ArrayList<>(waiting.values());
        waiting.clear();
        sending = !batch.isEmpty();
        return batch;
    }

    private static Message message(Change change) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("key", change.key());
        data.set("value", change.value());
        return new Message(change.topic(), data, change.position());
    }
}
