package io.labelworth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServiceLoopTest {

    @Test
    void closeWakesABlockedStepAndReleasesOnceAfterIt() throws InterruptedException {
        BlockingWork work = new BlockingWork();
        ServiceLoop loop = new ServiceLoop("loop", work);
        loop.start();
        work.stepping.await();

        loop.close();
        loop.close();

        assertThat(loop.health()).isEqualTo(new Health(ServiceState.STOPPED, "loop"));
        assertThat(work.released).hasValue(1);
    }

    @Test
    void aStepThatThrowsStopsTheLoopAndHealthSaysWhy() {
        AtomicInteger released = new AtomicInteger();
        ServiceLoop loop =
                new ServiceLoop(
                        "loop",
                        new ServiceLoop.Work() {
                            @Override
                            public void step() {
                                throw new IllegalStateException("the disk is gone");
                            }

                            @Override
                            public void release() {
                                released.incrementAndGet();
                            }
                        });

        loop.start();
        awaitDeath(loop);

        assertThat(loop.health())
                .isEqualTo(new Health(ServiceState.FAILED, "loop failed: the disk is gone"));
        loop.close();
        assertThat(released).hasValue(1);
        assertThat(loop.health().state()).isEqualTo(ServiceState.FAILED);
    }

    @Test
    void aFailureToOpenIsReportedAsOneToWork() {
        ServiceLoop loop =
                new ServiceLoop(
                        "loop",
                        new ServiceLoop.Work() {
                            @Override
                            public void open() {
                                throw new IllegalStateException("no broker");
                            }

                            @Override
                            public void step() {
                                throw new AssertionError("must not be reached");
                            }
                        });

        loop.start();
        awaitDeath(loop);

        assertThat(loop.health().detail()).isEqualTo("loop failed: no broker");
    }

    @Test
    void aLoopStartsOnce() {
        ServiceLoop loop = new ServiceLoop("loop", new BlockingWork());
        loop.start();

        assertThatThrownBy(loop::start).isInstanceOf(IllegalStateException.class);
        loop.close();
    }

    @Test
    void aLoopThatNeverStartedClosesAtOnce() {
        ServiceLoop loop = new ServiceLoop("loop", new BlockingWork());

        loop.close();

        assertThat(loop.health().state()).isEqualTo(ServiceState.STOPPED);
    }

    private static void awaitDeath(ServiceLoop loop) {
        while (loop.health().up()) {
            Thread.onSpinWait();
        }
    }

    /** A step that blocks as a poll does. */
    private static final class BlockingWork implements ServiceLoop.Work {

        private final CountDownLatch stepping = new CountDownLatch(1);
        private final CountDownLatch awake = new CountDownLatch(1);
        private final AtomicInteger released = new AtomicInteger();

        @Override
        public void step() {
            stepping.countDown();
            try {
                awake.await(15, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new WakeupException();
        }

        @Override
        public void wakeup() {
            awake.countDown();
        }

        @Override
        public void release() {
            released.incrementAndGet();
        }
    }
}
