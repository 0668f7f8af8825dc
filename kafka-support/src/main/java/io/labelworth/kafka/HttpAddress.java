package io.labelworth.kafka;

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

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
