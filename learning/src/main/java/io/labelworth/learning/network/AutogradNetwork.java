package io.labelworth.learning.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network whose gradients libtorch's automatic differentiation finds, on any device. A batch goes
 * through it whole: batch norms see all of it. It is evaluated by the same code as labels with it,
 * so its logits are those of its checkpoint.
 */
final class AutogradNetwork implements TrainableNetwork {

    private final StateDictShape shape;
    private final ComputeDevice device;
    private final PtNDManager manager;
    private final TrainingForward forward;
    private final ParameterBlock block;
    private final BatchStatistics statistics;
    private Network evaluated;

    private AutogradNetwork(
            StateDictShape shape,
            Map<String, FloatTensor> weights,
            ComputeDevice device,
            PtNDManager manager) {
        this.shape = shape;
        this.device = device;
        this.manager = manager;
        Map<String, FloatTensor> matched = WeightsFile.matched(weights, shape);
        forward = TrainingForward.of(shape);
        List<Parameter> trained =
                shape.parameters().stream().filter(p -> !p.isStatistic()).toList();
        block = new ParameterBlock(trained, matched, manager);
        statistics = new BatchStatistics(shape.parameters(), matched, manager);
    }

    /**
     * A network on {@code device}.
     *
     * @throws ModelException when the weights do not fit, or libtorch cannot make it
     */
    static AutogradNetwork on(
            ComputeDevice device, StateDictShape shape, Map<String, FloatTensor> weights) {
        PtNDManager manager = Torch.newManager(device);
        try {
            return new AutogradNetwork(shape, weights, device, manager);
        } catch (EngineException e) {
            manager.close();
            throw TorchErrors.of("it cannot be made", e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public StateDictShape shape() {
        return shape;
    }

    @Override
    @SuppressWarnings("try")
    public void train(float[] batch, int images, LogitGradient loss) {
        requireVariance(images);
        changed();
        try (PtNDManager scope = manager.newSubManager(device.djl());
                Torch.GradientScope gradients = Torch.gradients(true)) {
            Map<String, PtNDArray> leaves = block.leaves(scope);
            PtNDArray input =
                    onDevice(
                            scope,
                            batch,
                            images,
                            shape.channels(),
                            shape.imageHeight(),
                            shape.imageWidth());
            PtNDArray output = forward.logits(input, leaves::get, statistics);
            float[] upstream = upstream(output, images, loss);
            JniUtils.backward(
                    output, onDevice(scope, upstream, images, shape.classes()), false, false);
            block.addGradients(leaves);
            statistics.counted();
        } catch (EngineException e) {
            throw TorchErrors.of("it cannot be trained on " + images + " images at once", e);
        }
    }

    @Override
    public float[][] logits(float[] batch, int images) {
        if (evaluated == null) {
            evaluated = Networks.forInference(shape, weights(), Precision.FP32, device);
        }
        return evaluated.logits(batch, images);
    }

    @Override
    public int parameterFloats() {
        return block.size();
    }

    @Override
    public void readParameters(float[] values) {
        block.read(values);
    }

    @Override
    public void writeParameters(float[] values) {
        changed();
        block.write(values);
    }

    @Override
    public void takeGradients(float[] values, float[] zeros) {
        block.takeGradients(values);
    }

    @Override
    public Map<String, FloatTensor> weights() {
        Map<String, FloatTensor> parameters = block.snapshot();
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (Parameter parameter : shape.parameters()) {
            String name = parameter.name();
            weights.put(
                    name,
                    parameter.isStatistic()
                            ? statistics.snapshot(parameter)
                            : parameters.get(name));
            if (name.endsWith(Parameter.VARIANCE)) {
                weights.put(parameter.module() + Safetensors.COUNT, statistics.count());
            }
        }
        return weights;
    }

    @Override
    public void close() {
        changed();
        manager.close();
    }

    /** What was made of the weights for evaluation no longer holds. */
    private void changed() {
        if (evaluated != null) {
            evaluated.close();
            evaluated = null;
        }
    }

    /** The gradients of the images' losses with respect to the logits, one after the other. */
    private float[] upstream(PtNDArray output, int images, LogitGradient loss) {
        int classes = shape.classes();
        float[] upstream = new float[images * classes];
        float[] logits = new float[classes];
        float[] gradient = new float[classes];
        try (PtNDArray here = JniUtils.to(output, DataType.FLOAT32, ComputeDevice.CPU.djl())) {
            FloatBuffer values = NativeFloats.of(here);
            for (int i = 0; i < images; i++) {
                values.get(logits);
                loss.gradient(i, logits, gradient);
                System.arraycopy(gradient, 0, upstream, i * classes, classes);
            }
        }
        return upstream;
    }

    private PtNDArray onDevice(PtNDManager scope, float[] values, int images, int... each) {
        long[] lengths = new long[each.length + 1];
        int size = images;
        lengths[0] = images;
        for (int d = 0; d < each.length; d++) {
            lengths[d + 1] = each[d];
            size *= each[d];
        }
        NativeFloats here = new NativeFloats(scope, size);
        here.put(0, values, 0, size);
        return JniUtils.to(here.tensor(scope, 0, lengths), DataType.FLOAT32, device.djl());
    }

    /** A variance needs two values; libtorch makes a NaN of one, and remembers it. */
    private void requireVariance(int images) {
        int pixels = forward.leastNormedPixels();
        if (pixels == 1 && images == 1) {
            throw new ModelException(
                    "a batch of one image leaves a batch norm one value per channel; choose a batch"
                            + " size that leaves no image alone, or another network");
        }
    }
}
