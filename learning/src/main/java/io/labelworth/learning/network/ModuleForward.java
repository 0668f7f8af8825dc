package io.labelworth.learning.network;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The forward pass of a TorchScript module, in evaluation mode. It runs the module's own code. */
final class ModuleForward implements TorchNetwork.Forward {

    /** What a network's inside takes cannot be seen; this is an upper middle of those known. */
    private static final long ACTIVATION_FLOATS_PER_PIXEL = 128;

    private final ModuleShape shape;
    private final PtSymbolBlock module;
    private final long fileBytes;

    /**
     * A module on the manager's device.
     *
     * @param content the file
     */
    ModuleForward(ModuleShape shape, byte[] content, PtNDManager manager) {
        this.shape = shape;
        fileBytes = content.length;
        try {
            module = JniUtils.loadModule(manager, new ByteArrayInputStream(content), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory are always readable", e);
        }
        JniUtils.enableInferenceMode(module);
    }

    @Override
    public NetworkShape shape() {
        return shape;
    }

    @Override
    public PtNDArray logits(PtNDArray images) {
        // Optimised by what the first passes see, later ones would give other bits.
        JniUtils.setGraphExecutorOptimize(false);
        try (IValue input = IValue.from(images);
                IValue output = module.forward(input)) {
            if (!output.isTensor()) {
                throw new ModelException(
                        "it answers with a "
                                + output.getType()
                                + ", not with one tensor of logits");
            }
            return output.toTensor(images.getManager());
        }
    }

    @Override
    public long weightBytes() {
        return fileBytes;
    }

    @Override
    public long activationFloats() {
        return ACTIVATION_FLOATS_PER_PIXEL * shape.imageHeight() * shape.imageWidth();
    }
}
