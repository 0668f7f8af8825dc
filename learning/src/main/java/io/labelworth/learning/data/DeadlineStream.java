package io.labelworth.learning.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A stream that must end within a time. The timeout of an HTTP request covers its headers only, so
 * a sender that stalls in the body would be waited for for ever.
 */
final class DeadlineStream extends FilterInputStream {

    private final Duration limit;
    private final CompletableFuture<Void> deadline;
    private volatile boolean expired;

    /** Reads {@code in}, and closes it once {@code limit} is over, which wakes its reader. */
    DeadlineStream(InputStream in, Duration limit) {
        super(in);
        this.limit = limit;
        Executor later = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
        this.deadline = CompletableFuture.runAsync(this::expire, later);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = in.read(bytes, offset, length);
            if (count >= 0 || !expired) {
                return count;
            }
        } catch (IOException e) {
            if (!expired) {
                throw e;
            }
        }
        throw new IOException("it did not end within " + limit.toSeconds() + " s");
    }

    @Override
    public void close() throws IOException {
        deadline.cancel(false);
        super.close();
    }

    private void expire() {
        expired = true;
        try {
            in.close();
        } catch (IOException e) {
            // The reader is told of the deadline either way.
        }
    }
}
