package io.labelworth.bench.trainer;

import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.Initialisation;
import io.labelworth.learning.network.Normalizer;
import io.labelworth.learning.network.Preprocessing;
import io.labelworth.learning.network.StateDictShape;
import io.labelworth.learning.network.TrainableNetwork;
import io.labelworth.learning.run.RunSpec;
import io.labelworth.learning.training.TrainingLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/** Trains one student, and prints the processor time its steps spend outside the network. */
public final class OverheadMain {

    private OverheadMain() {}

    /**
     * @param args images of the set, which are one batch; width; seconds of warm-up; seconds to
     *     measure
     */
    public static void main(String[] args) {
        int images = Integer.parseInt(args[0]);
        RandomDataset dataset = new RandomDataset();
        RunSpec spec =
                TrainMain.spec(
                        Integer.parseInt(args[1]), Math.max(1, images / RandomDataset.CLASSES), 1);
        StateDictShape shape = spec.student().forDataset(dataset.info()).requireTrainable();
        try (TrainableNetwork student =
                TrainableNetwork.of(shape, Initialisation.weights(shape, 1), ComputeDevice.CPU)) {
            TimedNetwork network = new TimedNetwork(student);
            TrainingLoop loop =
                    TrainingLoop.on(
                            dataset.set(images),
                            network,
                            new Normalizer(Preprocessing.of(dataset.info())),
                            spec.recipe(),
                            1);
            run(loop, Double.parseDouble(args[2]));
            ThreadMXBean clock = ManagementFactory.getThreadMXBean();
            long before = network.nanos();
            long started = clock.getCurrentThreadCpuTime();
            int steps = run(loop, Double.parseDouble(args[3]));
            double all = clock.getCurrentThreadCpuTime() - started;
            double outside = all - (network.nanos() - before);
            System.out.printf(
                    Locale.ROOT,
                    "{\"%s\": %f, \"%s\": %f}%n",
                    OverheadMeasurement.SHARE,
                    outside / all,
                    OverheadMeasurement.MILLIS,
                    outside / 1e6 / steps);
        }
    }

    private static int run(TrainingLoop loop, double seconds) {
        long started = System.nanoTime();
        int steps = 0;
        while (System.nanoTime() - started < seconds * 1e9) {
            loop.step();
            steps++;
        }
        return steps;
    }
}
