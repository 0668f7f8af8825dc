package io.labelworth.learning.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The processor, as far as libtorch's choice of kernels depends on it. */
final class Cpu {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Set<String> AVX512 =
            Set.of("avx512f", "avx512vl", "avx512bw", "avx512dq", "fma");
    private static final Set<String> AVX2 = Set.of("avx2", "fma");
    private static final Set<String> BF16 = Set.of("avx512_bf16", "amx_bf16");

    private Cpu() {}

    /** For example {@code amd64 AMD EPYC avx512}. */
    static String describe() {
        String forced = System.getenv("ATEN_CPU_CAPABILITY");
        List<String> lines = lines();
        Set<String> flags = flags(lines);
        String capability = "default";
        if (flags.containsAll(AVX512)) {
            capability = "avx512";
        } else if (flags.containsAll(AVX2)) {
            capability = "avx2";
        }
        String model = field(lines, "model name");
        return String.join(
                " ",
                System.getProperty("os.arch"),
                model.isEmpty() ? System.getProperty("os.name") : model,
                forced == null ? capability : forced);
    }

    /** Whether it multiplies bfloat16 numbers itself. */
    static boolean hasBf16() {
        return flags(lines()).stream().anyMatch(BF16::contains);
    }

    private static Set<String> flags(List<String> lines) {
        return Set.of(field(lines, "flags").split(" "));
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
    }

    private static List<String> lines() {
        try {
            return Files.exists(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of();
        } catch (IOException e) {
            throw new ModelException("cannot read " + CPUINFO + "; check its rights", e);
        }
    }
}
