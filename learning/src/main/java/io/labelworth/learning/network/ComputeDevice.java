package io.labelworth.learning.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a network runs on: the processor, or one GPU. The text forms are {@code cpu} and {@code
 * gpu:N}.
 *
 * <p>On a GPU, cuDNN's float32 convolutions round their inputs to TF32 (10 bits of fraction) unless
 * NVIDIA_TF32_OVERRIDE=0 is in the environment of the process.
 *
 * @param gpu number of the GPU from 0 on; {@link #NO_GPU} for the processor
 */
public record ComputeDevice(int gpu) {

    /** In place of a GPU's number. */
    public static final int NO_GPU = -1;

    /** The processor. */
    public static final ComputeDevice CPU = new ComputeDevice(NO_GPU);

    private static final Pattern GPU = Pattern.compile("gpu:([0-9]{1,3})");
    private static final String AUTO = "auto";

    /** Compute capability, without its point, from which a GPU multiplies bfloat16. */
    private static final int BF16_CAPABILITY = 80;

    /**
     * Reads {@code cpu} or {@code gpu:N}.
     *
     * @throws ModelException when it is neither
     */
    public static ComputeDevice parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        Matcher matcher = GPU.matcher(text);
        if (!matcher.matches()) {
            throw new ModelException(
                    "\"" + text + "\" is no device; write auto, cpu, gpu:0 or gpu:0,gpu:1");
        }
        return new ComputeDevice(Integer.parseInt(matcher.group(1)));
    }

    /**
     * The devices that {@code text} names, each of which is there.
     *
     * @param text {@code auto} for every GPU that libtorch sees, or the processor where it sees
     *     none; else one device or several, separated by commas
     * @throws ModelException when one is not there, or named twice
     */
    public static List<ComputeDevice> available(String text) {
        int gpus = Torch.gpus();
        if (text.strip().equals(AUTO)) {
            return gpus == 0
                    ? List.of(CPU)
                    : IntStream.range(0, gpus).mapToObj(ComputeDevice::new).toList();
        }
        List<ComputeDevice> devices = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            ComputeDevice device = parse(name.strip());
            if (device.gpu >= gpus) {
                throw new ModelException(
                        String.format(
                                "%s is not there: libtorch sees %d GPUs; choose another device,"
                                        + " or auto",
                                device, gpus));
            }
            if (devices.contains(device)) {
                throw new ModelException(device + " is named twice in \"" + text + "\"");
            }
            devices.add(device);
        }
        return List.copyOf(devices);
    }

    /** Whether this is a GPU. */
    public boolean isGpu() {
        return gpu != NO_GPU;
    }

    /**
     * Whether the same training gives the same bits whenever it is repeated on a device of this
     * fingerprint: on the processor, where each network has one thread. On a GPU, cuDNN chooses
     * kernels by what it measures and memory it finds, and some add in no fixed order.
     */
    public boolean isRepeatable() {
        return !isGpu();
    }

    /** Whether the device multiplies bfloat16 numbers itself, so that bf16 is worth having. */
    public boolean hasBf16() {
        return isGpu() ? Integer.parseInt(capability()) >= BF16_CAPABILITY : Cpu.hasBf16();
    }

    /** Memory of the device in bytes: of this machine or container, or of the GPU. */
    public long memoryBytes() {
        if (isGpu()) {
            return CudaUtils.getGpuMemory(djl()).getMax();
        }
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize();
    }

    /** The text form. */
    @Override
    public String toString() {
        return isGpu() ? "gpu:" + gpu : "cpu";
    }

    /** Compute capability of the GPU without its point, for example 80. */
    String capability() {
        return CudaUtils.getComputeCapability(gpu);
    }

    /** As DJL knows it. */
    Device djl() {
        return isGpu() ? Device.gpu(gpu) : Device.cpu();
    }
}
