package io.labelworth.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service answers HTTP. The default is this machine only: nothing asks who is there, and a
 * service may take orders. The images listen everywhere, since a container's network is its own.
 *
 * @param host name or address to listen on
 * @param port port to listen on, 0 to 65535; 0 takes a free one
 */
public record HttpAddress(String host, int port) {

    /** Variable with the host; default {@value #LOOPBACK}. */
    public static final String HOST = "LABELWORTH_HTTP_HOST";

    /** Variable with the port. */
    public static final String PORT = "LABELWORTH_HTTP_PORT";

    /** This machine only. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int LAST_PORT = 65_535;
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");
    private static final Pattern ADVERTISED =
            Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:.]+]):([1-9][0-9]{0,4})");

    /**
     * The address that the environment sets.
     *
     * @throws ConfigurationException when the port is none
     */
    public static HttpAddress from(Environment environment, int defaultPort) {
        return new HttpAddress(
                environment.text(HOST, LOOPBACK),
                environment.integer(PORT, defaultPort, 0, LAST_PORT));
    }

    /** A port of this machine only. */
    public static HttpAddress loopback(int port) {
        return new HttpAddress(LOOPBACK, port);
    }

    /**
     * An address that others are told, {@code host:port}; null when the environment has none.
     *
     * @throws ConfigurationException when it is no such address
     */
    public static HttpAddress advertised(Environment environment, String variable) {
        String text = environment.text(variable, "");
        if (text.isEmpty()) {
            return null;
        }
        Matcher matcher = ADVERTISED.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
            throw new ConfigurationException(
                    variable + " must be host:port, as other instances reach it, not " + text);
        }
        return new HttpAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Where others reach what listens here: by the machine's name when that is everywhere.
     *
     * @param bound the port that was taken
     */
    public HttpAddress reachedAt(int bound) {
        return new HttpAddress(EVERYWHERE.contains(host) ? machine() : host, bound);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return LOOPBACK;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
