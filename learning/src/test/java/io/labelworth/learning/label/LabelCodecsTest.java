package io.labelworth.learning.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.labelworth.learning.data.DatasetInfo;
import io.labelworth.learning.data.Datasets;
import io.labelworth.learning.random.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored, to the byte, and how far from it what is read may be. */
class LabelCodecsTest {

    /** Codecs, as text, with classes they are for. */
    static Stream<List<Object>> codecs() {
        return Stream.of(
                List.of("fp32", 10),
                List.of("fp16", 10),
                List.of("fp16", 1000),
                List.of("topk-fp16(k=1)", 2),
                List.of("topk-fp16(k=3)", 10),
                List.of("topk-fp16(k=9)", 10),
                List.of("topk-fp16(k=20)", 256),
                List.of("topk-fp16(k=20)", 257),
                List.of("topk-fp16(k=999)", 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "fp32, 10, 40",
        "fp16, 10, 20",
        "fp16, 1000, 2000",
        "topk-fp16(k=3), 256, 13",
        "topk-fp16(k=3), 257, 16"
    })
    void aLabelTakesExactlyTheBytesThatAreSaid(String text, int classes, int bytes) {
        // Given
        LabelCodec codec = LabelCodecs.parse(text);

        // Then
        assertThat(codec.bytes(classes)).isEqualTo(bytes);
        assertThat(codec.encode(new float[classes])).hasSize(bytes);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void theTextFormComesBack(List<Object> given) {
        // Given
        String text = (String) given.get(0);

        // When
        LabelCodec codec = LabelCodecs.parse(text);

        // Then
        assertThat(codec.text()).isEqualTo(text);
        assertThat(LabelCodecs.of(codec.name(), codec.parameters())).isEqualTo(codec);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void decodedLabelsAreWithinTheBoundsThatTheCodecStates(List<Object> given) {
        LabelCodec codec = LabelCodecs.parse((String) given.get(0));
        int classes = (int) given.get(1);
        UniformRandomProvider random = Seeds.stream(7, "codecs");
        for (int trial = 0; trial < 300; trial++) {
            // Given
            float[] logits = logits(random, classes);
            double[] p = probabilities(logits);

            // When
            double[] q = probabilities(codec.decode(codec.encode(logits), classes));

            // Then
            boolean[] kept = kept(codec, logits);
            double d = largestError(codec, logits, kept);
            double mass = 0;
            double largestLeft = 0;
            for (int c = 0; c < classes; c++) {
                mass += kept[c] ? 0 : p[c];
                largestLeft = Math.max(largestLeft, kept[c] ? 0 : p[c]);
            }
            double rounding = 1e-6;
            double divergence = 0;
            for (int c = 0; c < classes; c++) {
                double bound = Math.tanh(d / 2) + (kept[c] ? 0 : largestLeft) + rounding;
                assertThat(Math.abs(p[c] - q[c])).as("class %d", c).isLessThanOrEqualTo(bound);
                divergence += p[c] == 0 ? 0 : p[c] * Math.log(p[c] / q[c]);
            }
            double left = Math.max(1, classes - kept(kept));
            assertThat(divergence).isLessThanOrEqualTo(d * d / 2 + mass * Math.log(left) + 1e-6);
        }
    }

    @Test
    void topKStoresTheRestsMassThenClassesThenLogits() {
        // Given
        float[] logits = {1, 4, 0, 4, -2};

        // When
        byte[] payload = LabelCodecs.parse("topk-fp16(k=3)").encode(logits);

        // Then
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        assertThat((double) bytes.getFloat())
                .isCloseTo(Math.log(Math.exp(0) + Math.exp(-2)), within(1e-7));
        assertThat(HexFormat.of().formatHex(payload, 4, 7)).isEqualTo("000103");
        assertThat(HexFormat.of().formatHex(payload, 7, 13)).isEqualTo("003c00440044");
    }

    @Test
    void aboveTwoHundredFiftySixClassesAClassTakesTwoBytes() {
        // Given
        float[] logits = new float[300];
        logits[299] = 2;
        logits[1] = 1;

        // When
        byte[] payload = LabelCodecs.parse("topk-fp16(k=2)").encode(logits);

        // Then
        assertThat(HexFormat.of().formatHex(payload, 4, 12)).isEqualTo("01002b01003c0040");
    }

    @Test
    void topKKeepsTheProbabilitiesOfWhatItKeepsAndTheMassOfTheRest() {
        // Given
        float[] logits = new float[1000];
        logits[17] = 6;
        logits[900] = 5;

        // When
        LabelCodec codec = LabelCodecs.parse("topk-fp16(k=2)");
        double[] decoded = probabilities(codec.decode(codec.encode(logits), 1000));

        // Then
        assertThat(decoded).containsExactly(probabilities(logits), within(1e-7));
    }

    @Test
    void ofEqualLogitsTheFirstAreKeptAndStayTheLargest() {
        // Given
        LabelCodec codec = LabelCodecs.parse("topk-fp16(k=2)");
        float[] equal = {5.0013f, 5.0013f, 5.0013f, 5.0013f, 5.0013f};

        // When
        byte[] payload = codec.encode(equal);

        // Then
        assertThat(HexFormat.of().formatHex(payload, 4, 6)).isEqualTo("0001");
        assertThat(SoftLabels.argMax(codec.decode(payload, 5))).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 31, 99, 100})
    void theLargestAreThoseThatSortingPutsFirst(int k) {
        UniformRandomProvider random = Seeds.stream(3, "largest");
        for (int trial = 0; trial < 200; trial++) {
            // Given: many ties
            float[] values = new float[100];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(20) - 10;
            }

            // When
            boolean[] chosen = Largest.of(values, k);

            // Then
            List<Integer> sorted =
                    Stream.iterate(0, i -> i + 1)
                            .limit(values.length)
                            .sorted((a, b) -> Float.compare(values[b], values[a]))
                            .limit(k)
                            .toList();
            for (int i = 0; i < values.length; i++) {
                assertThat(chosen[i]).as("%d", i).isEqualTo(sorted.contains(i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Classes 3 and 1, 1 twice, 5 of five.
        "00000000 0301 003c 003c, ascending",
        "00000000 0101 003c 003c, ascending",
        "00000000 0105 003c 003c, ascending",
        // An infinite and a not-a-number logit, and the same as the mass of the rest.
        "00000000 0103 007c 003c, no finite number",
        "00000000 0103 003c 007e, no finite number",
        "0000807f 0103 003c 003c, no finite number",
        "0000c07f 0103 003c 003c, no finite number",
        // A rest of 10 where the smallest kept is 1.
        "00002041 0103 003c 003c, larger than one that is",
        "00000000 0103 003c, 8 bytes are no topk-fp16(k=2) label of 5 classes"
    })
    void aPayloadThatNobodyEncodedIsRefused(String payload, String reason) {
        // Given
        byte[] bytes = HexFormat.of().parseHex(payload.replace(" ", ""));

        // Then
        assertThatThrownBy(() -> LabelCodecs.parse("topk-fp16(k=2)").decode(bytes, 5))
                .isInstanceOf(LabelException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void anyBytesAreDecodedToFiniteLogitsOrRefused(List<Object> given) {
        LabelCodec codec = LabelCodecs.parse((String) given.get(0));
        int classes = (int) given.get(1);
        UniformRandomProvider random = Seeds.stream(9, "bytes");
        for (int trial = 0; trial < 500; trial++) {
            byte[] payload = new byte[codec.bytes(classes)];
            random.nextBytes(payload);
            try {
                for (float logit : codec.decode(payload, classes)) {
                    assertThat(logit).isFinite();
                }
            } catch (LabelException refused) {
                assertThat(refused).hasMessageNotContaining("\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void logitsThatAreNoNumbersAreRefusedWhereverTheyAre(List<Object> given) {
        LabelCodec codec = LabelCodecs.parse((String) given.get(0));
        int classes = (int) given.get(1);
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1 / 0f}) {
            for (int c : new int[] {0, classes - 1}) {
                float[] logits = new float[classes];
                logits[c] = bad;
                assertThatThrownBy(() -> codec.encode(logits)).isInstanceOf(LabelException.class);
            }
        }
    }

    @Test
    void aLogitBeyondFp16IsRefusedByWhatStoresItSo() {
        // Given
        float[] logits = {65_520, 1, -65_520};

        // Then
        for (String text : List.of("fp16", "topk-fp16(k=1)")) {
            assertThatThrownBy(() -> LabelCodecs.parse(text).encode(logits))
                    .hasMessageContaining("beyond fp16");
        }
        assertThat(LabelCodecs.parse("fp32").encode(logits)).hasSize(12);
        assertThat(LabelCodecs.parse("topk-fp16(k=1)").encode(new float[] {1, -1e9f})).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fp8; unknown codec \"fp8\"",
                "fp16(k=3); takes no parameters",
                "topk-fp16; takes the parameter [k]",
                "topk-fp16(k=3,j=4); takes the parameter [k]",
                "topk-fp16(k=0); must be 1 to 65535",
                "topk-fp16(k=65536); must be 1 to 65535",
                "topk-fp16(k=-1); must be 1 to 65535",
                "topk-fp16(k=1.5); not a whole number",
                "topk-fp16(k=99999999999); not a whole number",
                "topk-fp16(k=3; no name with parameters",
                "topk fp16; no name with parameters"
            })
    void aCodecThatCannotBeIsSaidWhy(String text, String reason) {
        assertThatThrownBy(() -> LabelCodecs.parse(text))
                .isInstanceOf(LabelException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everyKnownDatasetsOwnCodecFitsItsClasses() {
        Datasets datasets = new Datasets();
        for (String name : datasets.names()) {
            DatasetInfo info = datasets.info(name);
            assertThat(LabelCodecs.parse(info.labelCodec()).bytes(info.classes())).isPositive();
        }
        assertThat(datasets.info("fashion-mnist").labelCodec()).isEqualTo("fp16");
    }

    @Test
    void keepingAsManyAsThereAreClassesIsRefused() {
        // Given
        LabelCodec codec = LabelCodecs.of("topk-fp16", Map.of("k", "10"));

        // Then
        assertThat(codec.bytes(11)).isEqualTo(34);
        assertThatThrownBy(() -> codec.bytes(10)).hasMessageContaining("k must be 1 to classes");
        assertThatThrownBy(() -> codec.bytes(65_537)).hasMessageContaining("65536");
    }

    @Test
    void theErrorMeasuredIsThatOfTheLabelsGiven() {
        // Given
        CodecError exact = new CodecError(LabelCodecs.parse("fp32"));
        CodecError topK = new CodecError(LabelCodecs.parse("topk-fp16(k=1)"));
        float[] logits = {(float) Math.log(8), (float) Math.log(3), 0};

        // When
        exact.add(logits);
        topK.add(logits);
        topK.add(new float[] {4, 1, 1});

        // Then: 3/12 and 1/12 become 2/12 each; the second label loses nothing.
        assertThat(exact.measured().largestProbabilityError()).isZero();
        assertThat(exact.measured().meanDivergence()).isZero();
        double third = 3 / 12.0 * Math.log(3 / 2.0) + 1 / 12.0 * Math.log(1 / 2.0);
        assertThat(topK.measured().largestProbabilityError()).isCloseTo(1 / 12.0, within(1e-3));
        assertThat(topK.measured().meanDivergence()).isCloseTo(third / 2, within(1e-4));
    }

    private static float[] logits(UniformRandomProvider random, int classes) {
        float[] logits = new float[classes];
        float spread = random.nextInt(30);
        for (int c = 0; c < classes; c++) {
            logits[c] = (random.nextFloat() - 0.5f) * spread;
        }
        return logits;
    }

    private static boolean[] kept(LabelCodec codec, float[] logits) {
        int k = codec.wholeVector() ? logits.length : Integer.parseInt(codec.parameters().get("k"));
        return Largest.of(logits, k);
    }

    private static int kept(boolean[] kept) {
        int count = 0;
        for (boolean one : kept) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static double largestError(LabelCodec codec, float[] logits, boolean[] kept) {
        double largest = 0;
        for (int c = 0; c < logits.length; c++) {
            if (kept[c] && !codec.name().equals("fp32")) {
                largest = Math.max(largest, Math.abs(logits[c]) / 2048 + 3e-8);
            }
        }
        return largest;
    }

    private static double[] probabilities(float[] logits) {
        double sum = 0;
        double[] probabilities = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = Math.exp(logits[c]);
            sum += probabilities[c];
        }
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] /= sum;
        }
        return probabilities;
    }
}
