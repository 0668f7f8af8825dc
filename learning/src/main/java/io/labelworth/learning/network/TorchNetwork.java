package io.labelworth.learning.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;

/**
 * A network whose forward pass is libtorch's operations, one after the other, on any device.
 *
 * <p>On the processor a pass always has the same size, the rest filled up with images that count
 * for nothing: libtorch chooses its kernels by size, and with them the last bits of a logit, which
 * must not depend on an image's company. On a GPU a pass is as small as what there is to do.
 */
final class TorchNetwork implements Network {

    private static final int GPU_IMAGES = 256;
    private static final int CPU_IMAGES = 32;
    private static final long CPU_ACTIVATION_FLOATS = 1 << 25;

    private final Forward forward;
    private final ComputeDevice device;
    private final PtNDManager manager;
    private final int imagesPerPass;
    private final NativeFloats input;

    private TorchNetwork(ComputeDevice device, PtNDManager manager, Forward forward) {
        this.forward = forward;
        this.device = device;
        this.manager = manager;
        imagesPerPass = device.isGpu() ? GPU_IMAGES : imagesThatFit(forward.activationFloats());
        input = new NativeFloats(manager, imagesPerPass * forward.shape().inputFloats());
    }

    /**
     * A network on {@code device}.
     *
     * @param builder makes the forward pass on a manager, with which it lives and goes
     * @throws ModelException when libtorch cannot make it
     */
    @SuppressWarnings("try")
    static TorchNetwork on(ComputeDevice device, Builder builder) {
        PtNDManager manager = Torch.newManager(device);
        try (Torch.GradientScope gradients = Torch.gradients(false)) {
            return new TorchNetwork(device, manager, builder.build(manager));
        } catch (EngineException e) {
            manager.close();
            throw TorchErrors.of("it cannot be loaded", e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public NetworkShape shape() {
        return forward.shape();
    }

    @Override
    public int imagesPerPass() {
        return imagesPerPass;
    }

    @Override
    public float[][] logits(float[] batch, int images) {
        float[][] logits = new float[images][shape().classes()];
        for (int first = 0; first < images; first += imagesPerPass) {
            pass(batch, logits, first, Math.min(imagesPerPass, images - first));
        }
        return logits;
    }

    @Override
    public long bytesHeld() {
        return forward.weightBytes()
                + Float.BYTES
                        * imagesPerPass
                        * (shape().inputFloats() + forward.activationFloats());
    }

    @Override
    public void close() {
        manager.close();
    }

    @SuppressWarnings("try")
    private void pass(float[] batch, float[][] logits, int first, int count) {
        int floats = shape().inputFloats();
        input.put(0, batch, first * floats, count * floats);
        int size = device.isGpu() ? count : imagesPerPass;
        try (PtNDManager scope = manager.newSubManager(device.djl());
                Torch.GradientScope gradients = Torch.gradients(false)) {
            PtNDArray images =
                    input.tensor(
                            scope,
                            0,
                            size,
                            shape().channels(),
                            shape().imageHeight(),
                            shape().imageWidth());
            PtNDArray output = forward.logits(JniUtils.to(images, DataType.FLOAT32, device.djl()));
            requireLogits(output, size);
            FloatBuffer values =
                    NativeFloats.of(JniUtils.to(output, DataType.FLOAT32, ComputeDevice.CPU.djl()));
            for (int i = 0; i < count; i++) {
                values.get(logits[first + i]);
            }
        } catch (EngineException e) {
            ModelException error =
                    TorchErrors.of(
                            String.format(
                                    "it fails on %d images of %d x %d pixels, %d channels",
                                    size,
                                    shape().imageHeight(),
                                    shape().imageWidth(),
                                    shape().channels()),
                            e);
            if (error instanceof DeviceMemoryException && device.isGpu()) {
                // What the allocator keeps in parts may do in one piece for fewer images.
                JniUtils.emptyCudaCache();
            }
            throw error;
        }
    }

    private void requireLogits(PtNDArray output, int images) {
        Shape expected = new Shape(images, shape().classes());
        Shape actual = JniUtils.getShape(output);
        if (!actual.equals(expected)) {
            throw new ModelException(
                    String.format(
                            "it answers %d images with numbers of shape %s, not %s: one logit for"
                                    + " each of %d classes",
                            images, actual, expected, shape().classes()));
        }
    }

    /** The largest power of two that keeps what a pass computes on small. */
    private static int imagesThatFit(long floatsPerImage) {
        long most = Math.max(1, Math.min(CPU_IMAGES, CPU_ACTIVATION_FLOATS / floatsPerImage));
        return Integer.highestOneBit((int) most);
    }

    /** Makes a forward pass whose tensors belong to a manager. */
    @FunctionalInterface
    interface Builder {
        Forward build(PtNDManager manager);
    }

    /** A forward pass. */
    interface Forward {

        /** Input and output. */
        NetworkShape shape();

        /**
         * Runs the network.
         *
         * @param images float32 on the device: images, channels, rows, columns; may be closed
         * @return images, classes
         */
        PtNDArray logits(PtNDArray images);

        /** Bytes of the weights on the device. */
        long weightBytes();

        /** Floats of one image's activations that are there at once; estimated. */
        long activationFloats();
    }
}
