package io.labelworth.standalone.embedded;

import io.labelworth.standalone.embedded.process.ChildCommand;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of broker and registry. */
final class ClusterCommands {

    /** Where the unpacked registry lies, when it is not beside this module's classes. */
    static final String REGISTRY_HOME = "labelworth.registry.home";

    private static final String REGISTRY_JAR = "-runner.jar";

    // Both spend their lives waiting: the first compiler is enough and starts a second sooner.
    private static final List<String> SMALL_JVM =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-UsePerfData");

    private ClusterCommands() {}

    static ChildCommand broker(DataDirectory data, ClusterPorts ports) {
        return new ChildCommand(
                "broker",
                data.root(),
                data.brokerLog(),
                data.brokerLock(),
                absolute(System.getProperty("java.class.path")),
                concat(
                        SMALL_JVM,
                        List.of(
                                "-Dlogback.configurationFile=io/labelworth/standalone/embedded/broker-logback.xml",
                                "-Dlabelworth.log=" + data.brokerLog())),
                BrokerMain.class.getName(),
                List.of(
                        data.broker(),
                        Integer.toString(ports.broker()),
                        Integer.toString(ports.controller())));
    }

    /** The registry's own jar first, then this module's classes alone: ours would shadow others. */
    static ChildCommand registry(DataDirectory data, ClusterPorts ports) {
        Path classes = ownClasses();
        return new ChildCommand(
                "registry",
                data.root(),
                data.registryLog(),
                data.registryLock(),
                registryJar(classes) + File.pathSeparator + classes,
                concat(SMALL_JVM, registryProperties(data, ports)),
                "io.quarkus.runner.GeneratedMain",
                List.of());
    }

    private static List<String> registryProperties(DataDirectory data, ClusterPorts ports) {
        return List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + ports.registry(),
                // Without WRITE_DELAY=0 a kill loses the last half second of schemas.
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:"
                        + data.registryDatabase()
                        + ";WRITE_DELAY=0",
                "-Dquarkus.datasource.jdbc.initial-size=1",
                "-Dquarkus.datasource.jdbc.min-size=1",
                "-Dquarkus.datasource.jdbc.max-size=8",
                "-Dquarkus.banner.enabled=false",
                "-Dquarkus.log.level=WARN",
                "-Dquarkus.log.category.\"io.apicurio\".level=WARN",
                "-Dquarkus.log.console.enable=false",
                "-Dquarkus.log.file.enable=true",
                "-Dquarkus.log.file.path=" + data.registryLog(),
                "-Dquarkus.log.file.format=%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %c{1} - %m%n");
    }

    private static Path registryJar(Path classes) {
        String configured = System.getProperty(REGISTRY_HOME);
        Path home = configured == null ? classes.resolveSibling("registry") : Path.of(configured);
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(REGISTRY_JAR))
                    .findFirst()
                    .orElseThrow(() -> noRegistry(home));
        } catch (IOException e) {
            throw noRegistry(home);
        }
    }

    private static EmbeddedClusterException noRegistry(Path home) {
        return new EmbeddedClusterException(
                "there is no registry in "
                        + home
                        + "; build with mvn package, or name its directory with -D"
                        + REGISTRY_HOME);
    }

    private static Path ownClasses() {
        try {
            return Path.of(
                    ClusterCommands.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("own classes are at no path", e);
        }
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((left, right) -> left + File.pathSeparator + right)
                .orElseThrow();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
