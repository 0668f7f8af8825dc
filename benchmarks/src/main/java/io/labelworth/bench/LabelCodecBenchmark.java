package io.labelworth.bench;

import io.labelworth.learning.label.LabelCodec;
import io.labelworth.learning.label.LabelCodecs;
import io.labelworth.learning.label.LabelSummary;
import io.labelworth.learning.random.Seeds;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What storing, reading and summarising one label costs, by codec and number of classes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LabelCodecBenchmark {

    /** Codec, as text. */
    @Param({"fp16", "fp32", "topk-fp16(k=5)"})
    public String codec;

    /** Classes, hence logits of a label. */
    @Param({"10", "1000"})
    public int classes;

    private LabelCodec labelCodec;
    private float[] logits;
    private byte[] payload;

    /** Logits as an expert gives them, between -10 and 10. */
    @Setup
    public void label() {
        UniformRandomProvider random = Seeds.stream(1, "benchmark");
        labelCodec = LabelCodecs.parse(codec);
        logits = new float[classes];
        for (int i = 0; i < classes; i++) {
            logits[i] = random.nextFloat() * 20 - 10;
        }
        payload = labelCodec.encode(logits);
    }

    /** The labeler's side. */
    @Benchmark
    public byte[] encode() {
        return labelCodec.encode(logits);
    }

    /** The trainer's side. */
    @Benchmark
    public float[] decode() {
        return labelCodec.decode(payload, classes);
    }

    /** The labeler's entropy and arg-max; the codec does not matter to it. */
    @Benchmark
    public LabelSummary summary() {
        return LabelSummary.of(logits);
    }
}
