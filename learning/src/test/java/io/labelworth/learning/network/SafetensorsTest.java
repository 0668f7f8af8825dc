package io.labelworth.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @Test
    void whatIsWrittenIsReadBack() {
        // Given
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(
                "b", new FloatTensor(List.of(2, 2), new float[] {1, -2, 3.5f, Float.MIN_VALUE}));
        tensors.put("a", new FloatTensor(List.of(3), new float[] {0, 1e30f, -1}));

        // When
        Map<String, FloatTensor> read = Safetensors.decode(Safetensors.encode(tensors));

        // Then
        assertThat(read.keySet()).containsExactly("b", "a");
        assertThat(read.get("b").shape()).containsExactly(2, 2);
        assertThat(read.get("b").values()).isEqualTo(tensors.get("b").values());
        assertThat(read.get("a").values()).isEqualTo(tensors.get("a").values());
    }

    @Test
    void metadataIsPassedOver() {
        // When
        Map<String, FloatTensor> read =
                Safetensors.decode(
                        file(
                                "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\","
                                        + "\"shape\":[1],\"data_offsets\":[0,4]}}",
                                4));

        // Then
        assertThat(read.keySet()).containsExactly("a");
    }

    @Test
    void halfPrecisionIsReadExactly() {
        // Given: 1.5, -2 and infinity as float16 and as bfloat16
        byte[] file =
                file(
                        "{\"a\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[6,12]}}",
                        12);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(file.length - 12)
                .putShort((short) 0x3E00)
                .putShort((short) 0xC000)
                .putShort((short) 0x7C00)
                .putShort((short) 0x3FC0)
                .putShort((short) 0xC000)
                .putShort((short) 0x7F80);

        // When
        Map<String, FloatTensor> read = Safetensors.decode(file);

        // Then
        float[] expected = {1.5f, -2, Float.POSITIVE_INFINITY};
        assertThat(read.get("a").values()).isEqualTo(expected);
        assertThat(read.get("b").values()).isEqualTo(expected);
    }

    @Test
    void theCountsOfBatchNormsArePassedOver() {
        // When
        Map<String, FloatTensor> read =
                Safetensors.decode(
                        file(
                                "{\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],"
                                        + "\"data_offsets\":[0,8]},\"bn1.bias\":{\"dtype\":\"F32\","
                                        + "\"shape\":[1],\"data_offsets\":[8,12]}}",
                                12));

        // Then
        assertThat(read.keySet()).containsExactly("bn1.bias");
    }

    @ParameterizedTest
    @ValueSource(strings = {"I64", "F64", "U8", "weird"})
    void aWeightOfAnotherTypeIsRefusedNamingIt(String dtype) {
        assertThatThrownBy(
                        () ->
                                Safetensors.decode(
                                        file(
                                                "{\"fc.bias\":{\"dtype\":\""
                                                        + dtype
                                                        + "\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                                                8)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("fc.bias is of type " + dtype)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"a.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":1}",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "not json"
            })
    void aHeaderThatDoesNotFitItsDataIsRefused(String header) {
        assertThatThrownBy(() -> Safetensors.decode(file(header, 8)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("not a safetensors file");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1000, Long.MAX_VALUE})
    void aHeaderLengthBeyondTheFileIsRefused(long length) {
        // Given
        byte[] content = file("{}", 0);
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);

        // Then
        assertThatThrownBy(() -> Safetensors.decode(content))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("header's length");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> Safetensors.decode(new byte[0]))
                .isInstanceOf(ModelException.class);
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }
}
