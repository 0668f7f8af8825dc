package io.labelworth.analytics.http;

import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * One browser's stream of events. It is written by one thread at a time, so a slow browser holds up
 * nobody; one that has more than {@value #MOST_WAITING} bytes before it is dropped, and gets what
 * changed since when it comes back.
 */
final class EventSession {

    static final int MOST_WAITING = 4 << 20;

    private final SseClient client;
    private final Executor executor;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean sending;
    private volatile boolean gone;

    EventSession(SseClient client, Executor executor) {
        this.client = client;
        this.executor = executor;
        client.keepAlive();
        client.onClose(() -> gone = true);
    }

    /** Id of the event that the browser saw last; null for none. */
    String seen() {
        return client.ctx().header("Last-Event-ID");
    }

    /** Sends what the browser has missed; however much that is, it is one frame. */
    synchronized void welcome(byte[] frame) {
        waiting.add(frame);
        sendLater();
    }

    /**
     * Sends a frame after those that wait, or drops a browser that takes none. One large frame is
     * nobody's fault.
     */
    synchronized void offer(byte[] frame) {
        if (gone) {
            return;
        }
        if (waitingBytes > 0 && waitingBytes + frame.length > MOST_WAITING) {
            // The thread that writes ends it: now, or when the connection times out.
            gone = true;
            waiting.clear();
            return;
        }
        waitingBytes += frame.length;
        waiting.add(frame);
        sendLater();
    }

    /** Whether the browser has left or was dropped. */
    boolean gone() {
        return gone;
    }

    private void sendLater() {
        if (!sending) {
            sending = true;
            executor.execute(this::send);
        }
    }

    private void send() {
        try {
            for (byte[] frames = take(); frames.length > 0; frames = take()) {
                client.ctx().res().getOutputStream().write(frames);
                client.ctx().res().flushBuffer();
            }
        } catch (IOException | RuntimeException e) {
            gone = true;
        }
        if (gone) {
            client.close();
        }
    }

    /** All that waits, as one; nothing when it is over. */
    private synchronized byte[] take() {
        byte[] all = new byte[waiting.stream().mapToInt(frame -> frame.length).sum()];
        int at = 0;
        for (byte[] frame : waiting) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        waiting.clear();
        waitingBytes = 0;
        sending = all.length > 0;
        return all;
    }
}
