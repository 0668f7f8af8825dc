package io.labelworth.bench.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    @Test
    void trainingsAreMeasuredSideBySideAndGoOnUntilAllAre() throws InterruptedException {
        // Given
        Stopwatch stopwatch = new Stopwatch(2, 0.01, 0.05);
        List<Thread> trainings = List.of(training(stopwatch, 10), training(stopwatch, 20));
        trainings.forEach(Thread::start);
        stopwatch.awaitWarm();

        // When
        double rate = stopwatch.measure();

        // Then: they sleep a millisecond or more between steps
        assertThat(rate).isPositive().isLessThan(30_000);
        assertThat(stopwatch.isDone()).isTrue();
        for (Thread training : trainings) {
            training.join();
        }
    }

    @Test
    void theLastBatchOfAPassIsWhatIsLeft() {
        assertThat(IntStream.rangeClosed(1, 4).map(step -> TrainMain.imagesOf(step, 500)))
                .containsExactly(256, 244, 256, 244);
        assertThat(TrainMain.imagesOf(7, 10)).isEqualTo(10);
        assertThat(TrainMain.imagesOf(3, 512)).isEqualTo(256);
    }

    private static Thread training(Stopwatch stopwatch, int images) {
        return new Thread(
                () -> {
                    Stopwatch.Lap lap = stopwatch.new Lap();
                    while (!stopwatch.isDone()) {
                        pause();
                        lap.step(images);
                    }
                });
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
