package io.labelworth.bench.labeler;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.bench.side.ProcessSide;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.ExpertModel;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.WeightsFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The bare forward pass in a JVM of its own: the labeler's model, its batch, one thread, pixels in
 * memory. Speaks the protocol of {@link ProcessSide}.
 */
public final class ForwardMain {

    private static final int BATCHES = 8;

    private ForwardMain() {}

    /**
     * @param args weights file, its SHA-256, architecture as text, batch, seconds of warm-up,
     *     seconds to measure
     */
    public static void main(String[] args) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<List<byte[]>> batches = batches(Integer.parseInt(args[3]));
        try (ExpertModel model =
                ExpertModel.load(
                        Path.of(args[0]),
                        args[1],
                        new ExpertModel.Description(
                                WeightsFormat.SAFETENSORS,
                                Architecture.parse(args[2]),
                                BenchExpert.PREPROCESSING,
                                Precision.FP32),
                        ComputeDevice.CPU)) {
            run(model, batches, Double.parseDouble(args[4]));
            System.out.println(ProcessSide.READY);
            if (in.readLine() != null) {
                System.out.println(
                        new JsonMapper()
                                .writeValueAsString(
                                        run(model, batches, Double.parseDouble(args[5]))));
            }
        }
    }

    private static Map<String, Object> run(
            ExpertModel model, List<List<byte[]>> batches, double seconds) {
        long start = System.nanoTime();
        long images = 0;
        double passed = 0;
        for (int i = 0; passed < seconds; i++) {
            images += model.logits(batches.get(i % BATCHES)).length;
            passed = (System.nanoTime() - start) / 1e9;
        }
        return Map.of(ProcessSide.IMAGES, images, ProcessSide.SECONDS, passed);
    }

    private static List<List<byte[]>> batches(int batch) {
        int bytes = BenchImages.SIDE * BenchImages.SIDE;
        byte[] pixels = BenchImages.pixels(batch * BATCHES);
        List<List<byte[]>> batches = new ArrayList<>();
        for (int b = 0; b < BATCHES; b++) {
            List<byte[]> images = new ArrayList<>();
            for (int i = b * batch; i < (b + 1) * batch; i++) {
                images.add(Arrays.copyOfRange(pixels, i * bytes, (i + 1) * bytes));
            }
            batches.add(images);
        }
        return batches;
    }
}
