package io.labelworth.learning.data;

import io.labelworth.learning.data.DatasetSource.DebianPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Fetches a dataset's files from a Debian package, installed or downloaded by apt-get and unpacked
 * by dpkg. Needs no root; where the machine has no package lists, they are fetched into a folder of
 * our own.
 */
final class DebianDownload {

    private static final long TIMEOUT_MINUTES = 5;

    private final DebianPackage wanted;
    private final Consumer<String> progress;

    DebianDownload(DebianPackage wanted, Consumer<String> progress) {
        this.wanted = wanted;
        this.progress = progress;
    }

    void into(Importer importer) {
        Path installed = Path.of(wanted.folder());
        if (Files.isDirectory(installed)) {
            progress.accept("importing from " + installed);
            importer.fromFolder(installed);
            return;
        }
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("labelworth-apt");
            progress.accept("downloading Debian's package " + wanted.name());
            Path unpacked = Files.createDirectory(scratch.resolve("unpacked"));
            run(scratch, List.of("dpkg", "-x", download(scratch).toString(), unpacked.toString()));
            importer.fromFolder(unpacked.resolve(wanted.folder().substring(1)));
        } catch (IOException e) {
            throw new DatasetException("cannot write to a temporary folder; check its space", e);
        } finally {
            delete(scratch);
        }
    }

    private Path download(Path scratch) throws IOException {
        List<String> options = new ArrayList<>(List.of("-q", "-o", "APT::Sandbox::User=root"));
        try {
            aptGet(scratch, options, "download", wanted.name());
        } catch (DatasetException e) {
            progress.accept("fetching Debian's package lists");
            for (String folder : List.of("lists/partial", "archives/partial")) {
                Files.createDirectories(scratch.resolve(folder));
            }
            options.addAll(List.of("-o", "Dir::State::lists=" + scratch.resolve("lists")));
            options.addAll(List.of("-o", "Dir::Cache=" + scratch));
            aptGet(scratch, options, "update");
            aptGet(scratch, options, "download", wanted.name());
        }
        try (Stream<Path> files = Files.list(scratch)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new DatasetException("apt-get left no package; try again"));
        }
    }

    private void aptGet(Path scratch, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of("apt-get"));
        command.addAll(options);
        command.addAll(List.of(arguments));
        run(scratch, command);
    }

    private static void run(Path directory, List<String> command) {
        Process process = null;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                throw new DatasetException(command.get(0) + " did not end; check the network");
            }
            if (process.exitValue() != 0) {
                throw new DatasetException(
                        command.get(0) + " ended with " + process.exitValue() + "; run it by hand");
            }
        } catch (IOException e) {
            throw new DatasetException(command.get(0) + " is not there; is this Debian?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatasetException(command.get(0) + " was interrupted", e);
        } finally {
            if (process != null) {
                process.destroy();
            }
        }
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new DatasetException("cannot delete " + folder + "; delete it by hand", e);
        }
    }
}
