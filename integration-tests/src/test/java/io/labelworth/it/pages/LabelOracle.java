package io.labelworth.it.pages;

import io.labelworth.kafka.EventConsumers;
import io.labelworth.kafka.TopicReader;
import io.labelworth.schemas.Topics;
import io.labelworth.schemas.event.SoftLabel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Labels read from the whole topic, decoded and made probabilities in a few lines of its own. */
final class LabelOracle {

    private final Map<String, double[]> byCheckpointAndImage = new HashMap<>();

    LabelOracle(EventConsumers consumers) {
        for (SoftLabel label : TopicReader.all(consumers, Topics.SOFT_LABELS, "pages-test")) {
            if (!label.getCodec().getName().equals("fp16")) {
                throw new AssertionError("this oracle reads fp16 only");
            }
            byCheckpointAndImage.putIfAbsent(
                    label.getCheckpointId() + " " + label.getImageId(), softmax(label.getLogits()));
        }
    }

    int labels() {
        return byCheckpointAndImage.size();
    }

    double[] probabilities(String checkpointId, String imageId) {
        return byCheckpointAndImage.get(checkpointId + " " + imageId);
    }

    private static double[] softmax(ByteBuffer fp16) {
        ByteBuffer payload = fp16.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        double[] weights = new double[payload.remaining() / Short.BYTES];
        double sum = 0;
        for (int c = 0; c < weights.length; c++) {
            weights[c] = Math.exp(half(payload.getShort()));
            sum += weights[c];
        }
        for (int c = 0; c < weights.length; c++) {
            weights[c] /= sum;
        }
        return weights;
    }

    /** IEEE 754 binary16, by its definition. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double size =
                exponent == 0
                        ? Math.scalb((double) fraction, -24)
                        : Math.scalb(1 + fraction / 1024.0, exponent - 15);
        return bits < 0 ? -size : size;
    }
}
