package io.labelworth.labeler.announce;

import io.labelworth.learning.data.Dataset;
import io.labelworth.learning.data.DatasetException;
import io.labelworth.learning.digest.Sha256;
import io.labelworth.learning.network.Architecture;
import io.labelworth.learning.network.ComputeDevice;
import io.labelworth.learning.network.Precision;
import io.labelworth.learning.network.WeightsFormat;
import io.labelworth.schemas.event.ExpertCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Experts that PyTorch wrote, and what somebody says of them. */
final class Given {

    static final Dataset NOISE = NoiseDataset.like(1, 12, 5);

    private Given() {}

    /** A topic in memory. */
    static final class Log implements CheckpointLog {
        final Map<String, ExpertCheckpoint> announced = new LinkedHashMap<>();
        int appended;

        @Override
        public Map<String, ExpertCheckpoint> latest() {
            return announced;
        }

        @Override
        public void append(ExpertCheckpoint checkpoint) {
            appended++;
            announced.put(checkpoint.getCheckpointId(), checkpoint);
        }
    }

    /** One of learning's test resources, written to {@code file}. */
    static Path expert(String resource, Path file) {
        try (InputStream in = Given.class.getResourceAsStream("/pytorch/" + resource)) {
            Files.createDirectories(file.getParent());
            return Files.write(file, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CheckpointRequest request(WeightsFormat format, String architecture) {
        return new CheckpointRequest(
                "noise",
                "mine",
                7,
                0.5,
                0,
                format,
                Architecture.parse(architecture),
                Optional.empty(),
                Precision.FP32,
                Optional.empty(),
                Optional.empty());
    }

    static CheckpointRequest convNet() {
        return request(WeightsFormat.SAFETENSORS, "convnet(depth=2,width=4)");
    }

    static CheckpointRequest module() {
        return request(WeightsFormat.TORCHSCRIPT, "torchscript");
    }

    static CheckpointAnnouncer announcer(Log log, Path root, Dataset dataset, String... dirs) {
        return new CheckpointAnnouncer(
                log,
                new CheckpointRoot(root, List.of(dirs).stream().map(Path::of).toList()),
                name -> {
                    if (!name.equals(dataset.info().name())) {
                        throw new DatasetException("unknown dataset \"" + name + "\"");
                    }
                    return dataset;
                },
                Integer.MAX_VALUE,
                ComputeDevice.CPU,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }
}
