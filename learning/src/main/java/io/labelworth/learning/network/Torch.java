package io.labelworth.learning.network;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Set;

/**
 * libtorch in this process. Its grad mode and its number of threads belong to the calling thread,
 * so that several networks train side by side, one thread each; DJL's own gradient collector allows
 * one per process.
 */
public final class Torch {

    private static final String ENGINE = "PyTorch";
    private static final int THREADS = 1;

    private Torch() {}

    /** A manager of its own for arrays on the CPU; its owner closes it. */
    public static PtNDManager newManager() {
        return newManager(ComputeDevice.CPU);
    }

    /** A manager of its own for arrays on {@code device}; its owner closes it. */
    static PtNDManager newManager(ComputeDevice device) {
        return (PtNDManager) engine().newBaseManager(device.djl());
    }

    /** GPUs that libtorch sees. */
    static int gpus() {
        return engine().getGpuCount();
    }

    /**
     * Switches gradients on or off for the calling thread, until closed, and sets its number of
     * threads, which a thread that loaded no network has not set yet.
     */
    static GradientScope gradients(boolean on) {
        JniUtils.setNumThreads(THREADS);
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(on);
        return () -> JniUtils.setGradMode(before);
    }

    /** That of the processor; see {@link #deviceFingerprint(ComputeDevice)}. */
    public static String deviceFingerprint() {
        return deviceFingerprint(ComputeDevice.CPU);
    }

    /**
     * What the bits of a result depend on beside its seeds: libtorch, processor, threads. On a GPU
     * they also depend on the order in which its threads add, and the text says so.
     */
    public static String deviceFingerprint(ComputeDevice device) {
        String version = engine().getVersion();
        return device.isGpu()
                ? String.format(
                        "libtorch %s, GPU of compute capability %s, not repeatable to the bit",
                        version, device.capability())
                : String.format("libtorch %s, %s, %d thread", version, Cpu.describe(), THREADS);
    }

    private static Engine engine() {
        // DJL reads these when its engine starts: it must neither download nor report anything.
        for (String property : Set.of("ai.djl.offline", "OPT_OUT_TRACKING")) {
            System.setProperty(property, "true");
        }
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        Engine engine = Engine.getEngine(ENGINE);
        // Bits depend on the number of threads; runs go in parallel instead.
        JniUtils.setNumThreads(THREADS);
        return engine;
    }

    /** Holds until it is closed, by the thread that opened it. */
    @FunctionalInterface
    interface GradientScope extends AutoCloseable {
        @Override
        void close();
    }
}
