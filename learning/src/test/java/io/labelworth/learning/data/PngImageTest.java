package io.labelworth.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.labelworth.learning.data.ImageException.Kind;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.random.Seeds;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG images through the store; files of another maker, and files that only hurt. */
class PngImageTest {

    private static final int WIDTH = 19;
    private static final int HEIGHT = 23;

    @TempDir private Path root;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void pixelsOfAnotherMakersFileComeChannelByChannel(int channels) throws Exception {
        // Given
        byte[] pixels = noise(channels, 1);
        Path file = root.resolve("image.png");
        ImageIO.write(image(channels, pixels), "png", file.toFile());

        // When
        byte[] read = store().read("image.png", Sha256.of(pixels), pixels.length);

        // Then
        assertThat(read).isEqualTo(pixels);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyFilterIsUndone(int filter) throws Exception {
        // Given
        byte[] pixels = noise(3, 2);
        write(png(WIDTH, HEIGHT, 8, 2, 0, zlib(filtered(pixels, filter))));

        // When
        byte[] read = store().read("image.png", Sha256.of(pixels), pixels.length);

        // Then
        assertThat(read).isEqualTo(pixels);
    }

    @Test
    void pixelsMayComeInManyParts() throws Exception {
        // Given
        byte[] pixels = noise(3, 2);
        byte[] packed = zlib(filtered(pixels, 0));
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < packed.length; from += 7) {
            parts.add(Arrays.copyOfRange(packed, from, Math.min(from + 7, packed.length)));
        }
        write(png(WIDTH, HEIGHT, 8, 2, 0, parts.toArray(byte[][]::new)));

        // When
        byte[] read = store().read("image.png", Sha256.of(pixels), pixels.length);

        // Then
        assertThat(read).isEqualTo(pixels);
    }

    @ParameterizedTest
    @CsvSource({
        // Width, height, bits, colour type (palette 3, with alpha 4 and 6), interlaced.
        "19, 24, 8, 2, 0",
        "19, 23, 16, 2, 0",
        "19, 23, 8, 3, 0",
        "19, 23, 8, 4, 0",
        "19, 23, 8, 6, 0",
        "19, 23, 8, 2, 1",
        "0, 23, 8, 2, 0",
        "-1, 23, 8, 2, 0",
        "2147483647, 2147483647, 8, 2, 0",
        "1431655765, 3, 8, 0, 0"
    })
    void anotherKindOrSizeIsRefusedBeforeItsPixelsAreLookedAt(
            int width, int height, int bits, int colour, int interlaced) throws IOException {
        // Given
        write(png(width, height, bits, colour, interlaced, new byte[] {1, 2, 3}));

        // Then
        assertThat(refused()).isEqualTo(Kind.UNDECODABLE);
    }

    @Test
    void moreOrFewerPixelsThanTheHeaderSaysAreRefused() throws IOException {
        byte[] rows = filtered(noise(3, 1), 0);
        for (int length : new int[] {0, rows.length - 1, rows.length + 1, 100_000_000}) {
            // Given
            write(png(WIDTH, HEIGHT, 8, 2, 0, zlib(Arrays.copyOf(rows, length))));

            // Then
            assertThat(refused()).as("%d", length).isEqualTo(Kind.UNDECODABLE);
        }
    }

    @Test
    void anUnknownFilterIsRefused() throws IOException {
        // Given
        byte[] rows = filtered(noise(3, 1), 0);
        rows[0] = 5;
        write(png(WIDTH, HEIGHT, 8, 2, 0, zlib(rows)));

        // Then
        assertThat(refused()).isEqualTo(Kind.UNDECODABLE);
    }

    @Test
    void aFileCutAnywhereOrWithAnyByteChangedGivesNoOtherPixels() throws Exception {
        // Given
        byte[] pixels = noise(1, 4);
        byte[] whole = png(WIDTH, HEIGHT, 8, 0, 0, zlib(filtered(pixels, 4)));

        for (int at = 0; at < whole.length; at++) {
            write(Arrays.copyOf(whole, at));
            assertThat(refused(pixels)).as("cut at %d", at).isEqualTo(Kind.UNDECODABLE);

            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            write(changed);
            assertThat(refused(pixels)).as("changed at %d", at).isEqualTo(Kind.UNDECODABLE);
        }
    }

    @Test
    void aPartThatClaimsToBeHugeTakesNoMemory() throws IOException {
        // Given
        byte[] whole = png(WIDTH, HEIGHT, 8, 2, 0, zlib(filtered(noise(3, 1), 0)));
        ByteBuffer.wrap(whole).putInt(33, Integer.MAX_VALUE);
        write(whole);

        // Then
        assertThat(refused()).isEqualTo(Kind.UNDECODABLE);
    }

    @Test
    void aFileFarLargerThanItsPixelsIsRefused() throws IOException {
        // Given
        write(new byte[3 << 20]);

        // Then
        assertThat(refused()).isEqualTo(Kind.UNDECODABLE);
    }

    @Test
    void otherPixelsThanAnnouncedAreRefused() throws IOException {
        // Given
        write(png(WIDTH, HEIGHT, 8, 2, 0, zlib(filtered(noise(3, 1), 0))));

        // Then
        assertThat(refused(noise(3, 2))).isEqualTo(Kind.WRONG_HASH);
    }

    @Test
    void whatIsNoFileOrElsewhereIsRefused() throws IOException {
        // Given
        Path inside = Files.createDirectories(root.resolve("inside"));
        Files.createDirectory(inside.resolve("folder.png"));
        Files.write(root.resolve("image.png"), new byte[9]);
        Files.createSymbolicLink(inside.resolve("link.png"), root.resolve("image.png"));
        ImageStore store = new ImageStore(inside);

        // Then
        assertThat(refused(store, "none.png")).isEqualTo(Kind.MISSING_FILE);
        assertThat(refused(store, "folder.png")).isEqualTo(Kind.MISSING_FILE);
        assertThat(refused(store, "../image.png")).isEqualTo(Kind.OUTSIDE_ROOT);
        assertThat(refused(store, "link.png")).isEqualTo(Kind.OUTSIDE_ROOT);
    }

    @Test
    void manyThreadsReadAtOnce() throws Exception {
        // Given
        int threads = 8;
        for (int i = 0; i < threads; i++) {
            byte[] file = png(WIDTH, HEIGHT, 8, 2, 0, zlib(filtered(noise(3, i), 4)));
            Files.write(root.resolve(i + ".png"), file);
        }
        ImageStore store = store();

        // When
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> readers = new ArrayList<>();
        for (int reader = 0; reader < threads; reader++) {
            readers.add(
                    pool.submit(
                            () -> {
                                for (int n = 0; n < 400; n++) {
                                    byte[] pixels = noise(3, n % threads);
                                    String uri = n % threads + ".png";
                                    store.read(uri, Sha256.of(pixels), pixels.length);
                                }
                                return null;
                            }));
        }

        // Then
        pool.shutdown();
        for (Future<?> reader : readers) {
            reader.get();
        }
    }

    private ImageStore store() {
        return new ImageStore(root);
    }

    private Kind refused() {
        return refused(noise(3, 1));
    }

    private Kind refused(byte[] pixels) {
        return catchThrowableOfType(
                        ImageException.class,
                        () -> store().read("image.png", Sha256.of(pixels), pixels.length))
                .kind();
    }

    private static Kind refused(ImageStore store, String uri) {
        return catchThrowableOfType(ImageException.class, () -> store.read(uri, "", 9)).kind();
    }

    private void write(byte[] file) throws IOException {
        Files.write(root.resolve("image.png"), file);
    }

    private static byte[] noise(int channels, long seed) {
        UniformRandomProvider random = Seeds.stream(seed, "png");
        byte[] pixels = new byte[channels * WIDTH * HEIGHT];
        random.nextBytes(pixels);
        return pixels;
    }

    private static BufferedImage image(int channels, byte[] pixels) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int i = 0; i < pixels.length; i++) {
            int place = i % (WIDTH * HEIGHT);
            image.getRaster()
                    .setSample(
                            place % WIDTH,
                            place / WIDTH,
                            i / (WIDTH * HEIGHT),
                            Byte.toUnsignedInt(pixels[i]));
        }
        return image;
    }

    /** Rows of interleaved pixels, each filtered and with its filter before it. */
    private static byte[] filtered(byte[] pixels, int filter) {
        int channels = pixels.length / (WIDTH * HEIGHT);
        int stride = WIDTH * channels;
        byte[] rows = new byte[HEIGHT * (1 + stride)];
        for (int y = 0; y < HEIGHT; y++) {
            rows[y * (1 + stride)] = (byte) filter;
            for (int i = 0; i < stride; i++) {
                int left = sample(pixels, channels, i - channels, y);
                int above = sample(pixels, channels, i, y - 1);
                int corner = sample(pixels, channels, i - channels, y - 1);
                int predicted =
                        new int[] {0, left, above, (left + above) / 2, nearest(left, above, corner)}
                                [filter];
                rows[y * (1 + stride) + 1 + i] =
                        (byte) (sample(pixels, channels, i, y) - predicted);
            }
        }
        return rows;
    }

    private static int sample(byte[] pixels, int channels, int i, int y) {
        if (i < 0 || y < 0) {
            return 0;
        }
        int channel = i % channels;
        return Byte.toUnsignedInt(pixels[(channel * HEIGHT + y) * WIDTH + i / channels]);
    }

    private static int nearest(int left, int above, int corner) {
        int estimate = left + above - corner;
        int best = left;
        for (int other : new int[] {above, corner}) {
            best = Math.abs(estimate - other) < Math.abs(estimate - best) ? other : best;
        }
        return best;
    }

    private static byte[] zlib(byte[] rows) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static byte[] png(
            int width, int height, int bits, int colour, int interlaced, byte[]... parts)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0x8950_4E47_0D0A_1A0AL);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bits).put((byte) colour).put((byte) 0).put((byte) 0);
        chunk(out, "IHDR", header.put((byte) interlaced).array());
        chunk(out, "tEXt", "Title\0noise".getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            chunk(out, "IDAT", part);
        }
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content)
            throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}
