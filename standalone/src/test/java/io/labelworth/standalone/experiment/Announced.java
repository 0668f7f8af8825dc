package io.labelworth.standalone.experiment;

import io.labelworth.schemas.event.Choice;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checkpoints as an expert run announces them. */
final class Announced {

    /** Steps of the quickstart's expert: 1/8, 1/4, 1/2, 1, 2 and 3 epochs of 211. */
    static final List<Integer> STEPS = List.of(26, 53, 106, 211, 422, 633);

    private Announced() {}

    /** Every checkpoint of some runs. */
    static Map<String, ExpertCheckpoint> runs(String... runs) {
        Map<String, ExpertCheckpoint> announced = new LinkedHashMap<>();
        Stream.of(runs)
                .flatMap(run -> STEPS.stream().map(step -> checkpoint(run, step, "")))
                .forEach(c -> announced.put(c.getCheckpointId(), c));
        return announced;
    }

    /**
     * @param views as its id has them, kind-count-N; empty for none
     */
    static ExpertCheckpoint checkpoint(String run, int step, String views) {
        String id = String.format("%s/step-%08d", run, step) + (views.isEmpty() ? "" : "@" + views);
        return ExpertCheckpoint.newBuilder()
                .setCheckpointId(id)
                .setLabellingId(hexadecimal(id))
                .setDataset("fashion-mnist")
                .setDatasetVersion("v")
                .setArchitecture(new Choice("convnet", Map.of()))
                .setRun(run)
                .setStep(step)
                .setImagesSeen(256L * step)
                .setEpoch(step / 211.0)
                .setSchedule(new Choice("sgd", Map.of()))
                .setUri(id)
                .setSha256("0".repeat(64))
                .setFormat("safetensors")
                .setPreprocessing(new Choice("normalize", Map.of()))
                .setCodec(new Choice("fp16", Map.of()))
                .setValidationAccuracy(null)
                .setTestAccuracy(null)
                .setLabelEntropy(null)
                .setCreatedAt(Instant.EPOCH)
                .setViews(views.isEmpty() ? null : views(views))
                .build();
    }

    private static Choice views(String text) {
        int at = text.indexOf("-count-");
        String count = text.substring(at + "-count-".length());
        return new Choice(text.substring(0, at), Map.of("count", count, "seed", "0"));
    }

    /** 64 digits that no other id has. */
    private static String hexadecimal(String id) {
        return IntStream.range(0, 8)
                .mapToObj(i -> String.format("%08x", (id + i).hashCode()))
                .reduce("", String::concat);
    }
}
