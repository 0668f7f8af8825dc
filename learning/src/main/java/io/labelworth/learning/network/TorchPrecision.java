package io.labelworth.learning.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Takes tensors from float32 to the precision of a network and back. DJL does not know bfloat16 and
 * ends the process when asked for it, so a TorchScript program of one line casts to it; libtorch's
 * operations then take whatever type a tensor has. Used by one thread at a time.
 */
final class TorchPrecision {

    private static final String CAST = "to-bfloat16.pt";

    private final PtSymbolBlock cast;

    private TorchPrecision(PtSymbolBlock cast) {
        this.cast = cast;
    }

    /** Casts that live as long as {@code manager}. */
    static TorchPrecision of(Precision precision, PtNDManager manager) {
        return new TorchPrecision(
                switch (precision) {
                    case FP32 -> null;
                    case BF16 -> loadCast(manager);
                });
    }

    /** Bytes of a number. */
    int bytes() {
        return cast == null ? Float.BYTES : Short.BYTES;
    }

    /** A float32 tensor in this precision, where it is; itself when that is float32. */
    PtNDArray fromFp32(PtNDArray tensor) {
        if (cast == null) {
            return tensor;
        }
        try (IValue input = IValue.from(tensor);
                IValue output = cast.forward(input)) {
            return output.toTensor(tensor.getManager());
        }
    }

    /** The tensor in float32, where it is; itself when this precision is float32. */
    PtNDArray toFp32(PtNDArray tensor) {
        return cast == null
                ? tensor
                : JniUtils.to(tensor, DataType.FLOAT32, tensor.getManager().getDevice());
    }

    private static PtSymbolBlock loadCast(PtNDManager manager) {
        try (InputStream program = TorchPrecision.class.getResourceAsStream(CAST)) {
            return JniUtils.loadModule(manager, program, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
