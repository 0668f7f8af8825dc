package io.labelworth.it.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of this repository, as text. */
final class Project {

    /** The services, each of which has a module, an image and a command of its name. */
    static final List<String> SERVICES = List.of("labeler", "trainer", "analytics");

    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern LAUNCHER_DEFAULT =
            Pattern.compile("^export (\\w+)=\"\\$\\{\\1:-([^}]*)}\"", Pattern.MULTILINE);

    /** A whole string literal, or a picocli default that reads the environment. */
    private static final Pattern VARIABLE =
            Pattern.compile("(?:\"|\\$\\{env:)(LABELWORTH_[A-Z_]*[A-Z])[\":}]");

    private Project() {}

    /** A path from the repository's root. */
    static Path path(String relative) {
        // Maven runs the tests of a module in the module's folder.
        return Path.of("").toAbsolutePath().getParent().resolve(relative);
    }

    static String read(String relative) {
        return read(path(relative));
    }

    /** Version of Labelworth, the first that the root POM names. */
    static String version() {
        return first(VERSION, read("pom.xml"));
    }

    /** A property of the root POM. */
    static String pomProperty(String name) {
        String tag = Pattern.quote(name);
        return first(Pattern.compile("<" + tag + ">([^<]+)</" + tag + ">"), read("pom.xml"));
    }

    /** What the launcher puts into the environment of the process it starts. */
    static Map<String, String> launcherEnvironment() {
        Map<String, String> environment = new TreeMap<>();
        Matcher matcher = LAUNCHER_DEFAULT.matcher(read("labelworth"));
        while (matcher.find()) {
            environment.put(matcher.group(1), matcher.group(2));
        }
        return environment;
    }

    /** Names of LABELWORTH_ variables in the code of a module. */
    static Set<String> variablesReadBy(String module) {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(path(module + "/src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Project::read)
                    .flatMap(source -> VARIABLE.matcher(source).results())
                    .map(match -> match.group(1))
                    .forEach(names::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** Those variables of a service that name folders. */
    static List<String> foldersReadBy(String service) {
        return variablesReadBy(service + "-service").stream()
                .filter(name -> name.endsWith("_DIR") || name.endsWith("_ROOT"))
                .toList();
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .map((MatchResult match) -> match.group(1))
                .orElseThrow(() -> new AssertionError(pattern + " is not in the POM"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
