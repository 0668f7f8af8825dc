package io.labelworth.analytics.labels;

import io.labelworth.learning.data.DatasetInfo;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Raw pixels as browsers show them. */
final class PngFile {

    private static final int GREY = 1;

    private PngFile() {}

    /**
     * A PNG file, grey for one channel and RGB for three.
     *
     * @param pixels unsigned bytes, channel by channel, row by row
     * @throws IllegalArgumentException when the dataset's images have another number of channels
     */
    static byte[] of(byte[] pixels, DatasetInfo dataset) {
        int channels = dataset.channels();
        if (channels != GREY && channels != 3) {
            throw new IllegalArgumentException("no picture has " + channels + " channels");
        }
        BufferedImage image =
                new BufferedImage(
                        dataset.width(),
                        dataset.height(),
                        channels == GREY
                                ? BufferedImage.TYPE_BYTE_GRAY
                                : BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = image.getRaster();
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < dataset.height(); y++) {
                for (int x = 0; x < dataset.width(); x++) {
                    int at = (c * dataset.height() + y) * dataset.width() + x;
                    raster.setSample(x, y, c, Byte.toUnsignedInt(pixels[at]));
                }
            }
        }
        return encoded(image);
    }

    private static byte[] encoded(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Not ImageIO.write to the stream itself: that would go through a file on disk.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
