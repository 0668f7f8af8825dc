package io.labelworth.learning.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: the header's length as a little-endian 64-bit integer, a JSON header
 * (name to dtype, shape, data offsets), the values. Written as float32, batch norms' counts as
 * 64-bit integers as PyTorch has them; read as PyTorch's training jobs write it, weights in
 * float32, float16 or bfloat16, and the counts, which nothing here needs, passed over. Files come
 * from outside, so everything in the header is checked before it is used: lengths, types, shapes,
 * and that the tensors fill the data without gap or overlap.
 */
public final class Safetensors {

    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final String METADATA = "__metadata__";

    /** Ends the name of a batch norm's count of batches. */
    static final String COUNT = ".num_batches_tracked";

    private static final String COUNT_TYPE = "I64";
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Safetensors() {}

    /** The file content that holds {@code tensors}, in their order. */
    public static byte[] encode(Map<String, FloatTensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        int end = 0;
        for (Map.Entry<String, FloatTensor> entry : tensors.entrySet()) {
            ObjectNode tensor = header.putObject(entry.getKey());
            boolean count = isCount(entry.getKey());
            tensor.put("dtype", count ? COUNT_TYPE : "F32");
            ArrayNode shape = tensor.putArray("shape");
            entry.getValue().shape().forEach(shape::add);
            int start = end;
            int size = count ? Long.BYTES : Float.BYTES;
            end = Math.addExact(end, entry.getValue().values().length * size);
            tensor.putArray("data_offsets").add(start).add(end);
        }
        StringBuilder text = new StringBuilder(header.toString());
        while (text.length() % Long.BYTES != 0) {
            text.append(' ');
        }
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(Long.BYTES + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        tensors.forEach((name, tensor) -> put(file, name, tensor.values()));
        return file.array();
    }

    /** Whether {@code name} is that of a batch norm's count of batches. */
    static boolean isCount(String name) {
        return name.endsWith(COUNT);
    }

    private static void put(ByteBuffer file, String name, float[] values) {
        if (isCount(name)) {
            for (float value : values) {
                file.putLong((long) value);
            }
        } else {
            file.asFloatBuffer().put(values);
            file.position(file.position() + values.length * Float.BYTES);
        }
    }

    /**
     * The weights that {@code content} holds, as float32 by name, in the order of their data.
     *
     * @throws ModelException when the content is not a whole, consistent safetensors file, or a
     *     tensor is of another type than weights are
     */
    public static Map<String, FloatTensor> decode(byte[] content) {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        long headerBytes = content.length < Long.BYTES ? -1 : file.getLong();
        if (headerBytes < 2
                || headerBytes > MAX_HEADER_BYTES
                || headerBytes > content.length - Long.BYTES) {
            throw bad("its header's length is " + headerBytes);
        }
        byte[] json = new byte[(int) headerBytes];
        file.get(json);
        ByteBuffer data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        long end = 0;
        for (Entry entry : entries(json)) {
            if (entry.start != end || entry.end > data.limit()) {
                throw bad(entry.name + " does not lie where the tensor before it ends");
            }
            end = entry.end;
            if (entry.type != null) {
                int start = (int) entry.start;
                ByteBuffer values = data.slice(start, (int) entry.end - start);
                tensors.put(entry.name, new FloatTensor(entry.shape, entry.type.read(values)));
            }
        }
        if (end != data.limit()) {
            throw bad((data.limit() - end) + " bytes are left over");
        }
        return tensors;
    }

    private static List<Entry> entries(byte[] json) {
        JsonNode header;
        try {
            header = JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new ModelException("not a safetensors file: its header is no JSON", e);
        }
        if (!header.isObject()) {
            throw bad("its header is no JSON object");
        }
        List<Entry> entries = new ArrayList<>();
        header.properties()
                .forEach(
                        field -> {
                            if (!field.getKey().equals(METADATA)) {
                                entries.add(entry(field.getKey(), field.getValue()));
                            }
                        });
        entries.sort(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end));
        return entries;
    }

    private static Entry entry(String name, JsonNode tensor) {
        WeightType type = type(name, tensor.path("dtype").asText());
        JsonNode offsets = tensor.path("data_offsets");
        if (offsets.size() != 2 || !offsets.get(0).isInt() || !offsets.get(1).isInt()) {
            throw bad(name + " has no data_offsets");
        }
        List<Integer> shape = new ArrayList<>();
        long size = type == null ? Long.BYTES : type.bytes();
        for (JsonNode length : tensor.path("shape")) {
            if (!length.isInt() || length.intValue() < 1) {
                throw bad(name + " has the shape " + tensor.path("shape"));
            }
            shape.add(length.intValue());
            size = Math.min(size * length.intValue(), Integer.MAX_VALUE);
        }
        long start = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        if (start < 0 || end - start != size) {
            throw bad(name + " has " + (end - start) + " bytes for the shape " + shape);
        }
        return new Entry(name, type, shape, start, end);
    }

    private static WeightType type(String name, String dtype) {
        if (dtype.equals(COUNT_TYPE) && isCount(name)) {
            return null;
        }
        if (dtype.isEmpty()) {
            throw bad(name + " has no dtype");
        }
        try {
            return WeightType.valueOf(dtype);
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    String.format(
                            "%s is of type %s, and weights must be of %s",
                            name, dtype, Arrays.toString(WeightType.values())),
                    e);
        }
    }

    private static ModelException bad(String why) {
        return new ModelException("not a safetensors file: " + why);
    }

    /** Where a tensor lies; {@code type} is null when it is no weight. */
    private record Entry(String name, WeightType type, List<Integer> shape, long start, long end) {}
}
