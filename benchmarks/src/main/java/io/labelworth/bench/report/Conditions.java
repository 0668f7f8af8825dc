package io.labelworth.bench.report;

import io.labelworth.learning.network.Torch;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What figures depend on beside the code.
 *
 * @param command the command line
 * @param quick whether sizes were cut: such figures show that it works, not how fast
 * @param repetitions repetitions of each side
 * @param batch images of a forward pass
 * @param cores processors of the machine
 * @param loadBefore load average of the last minute before the start; negative where unknown
 * @param versions of Java, Kafka, the operating system, and libtorch with its processor
 * @param environment variables that libtorch and glibc read
 */
public record Conditions(
        String command,
        boolean quick,
        int repetitions,
        int batch,
        int cores,
        double loadBefore,
        Map<String, String> versions,
        Map<String, String> environment) {

    private static final List<String> VARIABLES =
            List.of(
                    "OMP_NUM_THREADS",
                    "MALLOC_MMAP_THRESHOLD_",
                    "MALLOC_TRIM_THRESHOLD_",
                    "MALLOC_TOP_PAD_",
                    "MALLOC_ARENA_MAX",
                    "LABELWORTH_JAVA_OPTS");

    /** The conditions of a run that starts now. */
    public static Conditions now(String command, boolean quick, int repetitions, int batch) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", System.getProperty("java.vm.version"));
        versions.put("kafka", AppInfoParser.getVersion());
        versions.put("device", Torch.deviceFingerprint());
        versions.put("system", system.getName() + " " + system.getVersion());
        Map<String, String> environment = new TreeMap<>();
        for (String variable : VARIABLES) {
            environment.put(variable, System.getenv().getOrDefault(variable, ""));
        }
        return new Conditions(
                command,
                quick,
                repetitions,
                batch,
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                versions,
                environment);
    }
}
