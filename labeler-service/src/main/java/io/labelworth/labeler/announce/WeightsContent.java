package io.labelworth.labeler.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.labelworth.learning.label.LabelTable;
import io.labelworth.learning.network.WeightsFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a file holds by its first bytes and its table of contents, whatever its name says, and
 * whether it is all there. Nothing in it is run or unpacked.
 *
 * @param format empty for anything but weights that can be loaded
 * @param whole false when it is shorter than it says itself, as while it is written
 * @param text what it is, for people
 */
public record WeightsContent(Optional<WeightsFormat> format, boolean whole, String text) {

    private static final int ZIP_MAGIC = 0x0403_4B50;
    private static final int START = Long.BYTES + 1;
    private static final long MAX_HEADER_BYTES = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Looks into a file.
     *
     * @throws IOException when it cannot be read
     */
    public static WeightsContent of(Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer start = ByteBuffer.wrap(in.readNBytes(START)).order(ByteOrder.LITTLE_ENDIAN);
            if (start.remaining() >= Integer.BYTES && start.getInt(0) == ZIP_MAGIC) {
                return zip(file);
            }
            if (start.remaining() < START) {
                return new WeightsContent(Optional.empty(), false, "too short for weights");
            }
            long headerBytes = start.getLong(0);
            if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || start.get(START - 1) != '{') {
                return unknown();
            }
            byte[] header = new byte[(int) headerBytes];
            header[0] = '{';
            int read = in.readNBytes(header, 1, header.length - 1);
            return safetensors(header, read == header.length - 1, size);
        }
    }

    private static WeightsContent safetensors(byte[] header, boolean complete, long size) {
        if (!complete) {
            return safetensors(false);
        }
        try {
            long end = 0;
            JsonNode parsed = JSON.readTree(header);
            for (JsonNode tensor : parsed) {
                end = Math.max(end, tensor.path("data_offsets").path(1).asLong());
            }
            boolean whole = size - Long.BYTES - header.length >= end;
            String format = parsed.path("__metadata__").path(LabelTable.FORMAT).asText();
            return format.equals(LabelTable.NAME)
                    ? new WeightsContent(
                            Optional.of(WeightsFormat.LABEL_TABLE), whole, "a label table")
                    : safetensors(whole);
        } catch (JsonProcessingException e) {
            return unknown();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private static WeightsContent safetensors(boolean whole) {
        return new WeightsContent(
                Optional.of(WeightsFormat.SAFETENSORS), whole, "a safetensors file");
    }

    /** A zip archive's table of contents is at its end, so one that can be read is whole. */
    private static WeightsContent zip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            boolean script =
                    zip.stream().anyMatch(entry -> entry.getName().endsWith("/constants.pkl"));
            return script
                    ? new WeightsContent(
                            Optional.of(WeightsFormat.TORCHSCRIPT), true, "a TorchScript file")
                    : new WeightsContent(
                            Optional.empty(),
                            true,
                            "an archive of Python objects, as torch.save writes");
        } catch (ZipException e) {
            return new WeightsContent(
                    Optional.empty(), false, "an archive without its table of contents");
        }
    }

    private static WeightsContent unknown() {
        return new WeightsContent(
                Optional.empty(), true, "neither a safetensors nor a TorchScript file");
    }
}
