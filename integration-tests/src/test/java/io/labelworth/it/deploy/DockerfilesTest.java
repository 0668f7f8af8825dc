package io.labelworth.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.labelworth.standalone.Main;
import io.labelworth.standalone.cli.LabelworthCli;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The images run what the launcher runs, as the launcher runs it. */
class DockerfilesTest {

    static List<String> services() {
        return Project.SERVICES;
    }

    @Test
    void differInTheServiceNameAndPortOnly() {
        List<String> texts =
                Project.SERVICES.stream()
                        .map(
                                service ->
                                        Project.read(Dockerfile.path(service))
                                                .replace(service, "SERVICE")
                                                .replace(
                                                        Integer.toString(
                                                                Dockerfile.of(service).port()),
                                                        "PORT"))
                        // The comment on what they share names all services.
                        .map(text -> text.replaceAll("(?m)^#.*\n", ""))
                        .distinct()
                        .toList();

        assertThat(texts).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("services")
    void setTheLaunchersEnvironment(String service) {
        assertThat(Project.launcherEnvironment()).containsKey("MALLOC_TOP_PAD_");

        assertThat(Dockerfile.of(service).environment())
                .containsAllEntriesOf(Project.launcherEnvironment());
    }

    @ParameterizedTest
    @MethodSource("services")
    void runTheServicesOwnCommand(String service) {
        Dockerfile image = Dockerfile.of(service);

        assertThat(image.exec("ENTRYPOINT")).containsExactly("labelworth");
        assertThat(image.exec("CMD")).containsExactly(service);
        assertThat(commands()).contains(service);
    }

    @Test
    void startTheLaunchersMainClassFromTheJarsThatTheyCopy() {
        String script = Project.read("standalone/src/main/docker/labelworth");

        assertThat(script).contains(" " + Main.class.getName() + " \"$@\"");
        assertThat(script).contains("/opt/labelworth/standalone.jar:/opt/labelworth/lib/*");
        assertThat(Project.read("labelworth")).contains(" " + Main.class.getName() + " \"$@\"");
        assertThat(Project.read("standalone/pom.xml"))
                .contains("<finalName>standalone</finalName>")
                .contains("<outputDirectory>${project.build.directory}/lib</outputDirectory>");
        assertThat(Dockerfile.of("labeler").all("COPY"))
                .containsExactly(
                        "--from=build /src/standalone/target/lib /opt/labelworth/lib",
                        "--from=build /src/standalone/target/standalone.jar /opt/labelworth/",
                        "--from=build /src/standalone/src/main/docker/labelworth /usr/local/bin/");
        assertThat(Project.path("standalone/src/main/docker/labelworth")).isExecutable();
    }

    @ParameterizedTest
    @MethodSource("services")
    void askForHealthOnThePortThatTheServiceListensOn(String service) {
        Dockerfile image = Dockerfile.of(service);
        String port = Integer.toString(image.port());

        assertThat(image.environment())
                .containsEntry("LABELWORTH_HTTP_PORT", port)
                // Probes and the dashboard's readers come from outside the container.
                .containsEntry("LABELWORTH_HTTP_HOST", "0.0.0.0");
        assertThat(image.exec("HEALTHCHECK"))
                .containsExactly("curl", "-fsS", "http://127.0.0.1:" + port + "/health");
    }

    @ParameterizedTest
    @MethodSource("services")
    void setOnlyVariablesThatTheCodeReads(String service) {
        Set<String> set = new TreeSet<>(Dockerfile.of(service).environment().keySet());
        set.removeIf(name -> !name.startsWith("LABELWORTH_"));

        assertThat(set).isNotEmpty().isSubsetOf(known());
    }

    @ParameterizedTest
    @MethodSource("services")
    void giveEveryFolderThatTheServiceReadsAPlace(String service) {
        assertThat(Dockerfile.of(service).environment().keySet())
                .containsAll(Project.foldersReadBy(service));
    }

    @ParameterizedTest
    @MethodSource("services")
    void areForGlibcAndRunAsNobodySpecial(String service) {
        Dockerfile image = Dockerfile.of(service);

        assertThat(image.only("FROM"))
                .startsWith("eclipse-temurin:17-jre")
                .doesNotContain("alpine");
        assertThat(image.only("USER")).matches("[1-9]\\d*:[1-9]\\d*");
    }

    /** Subcommands of the command line. */
    static Set<String> commands() {
        return new CommandLine(new LabelworthCli()).getSubcommands().keySet();
    }

    /** Variables that any part of the code reads: the three images set the same ones. */
    static Set<String> known() {
        Set<String> names = new TreeSet<>();
        Stream.concat(
                        Project.SERVICES.stream().map(service -> service + "-service"),
                        Stream.of("kafka-support", "standalone"))
                .map(Project::variablesReadBy)
                .forEach(names::addAll);
        return names;
    }
}
