package io.tallymark.server;

/**
 * Where a server listens.
 *
 * @param host a name or an address; of IPv6 without brackets
 * @param port 0 to 65,535
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code HOST:PORT} or {@code [IPv6]:PORT}.
     *
     * @throws IllegalArgumentException if the text is of another form
     */
    public static HostPort of(final String text) {
        final int colon = text.lastIndexOf(':');
        final String host = colon < 0 ? "" : text.substring(0, colon);
        final boolean bracketed = host.startsWith("[") && host.endsWith("]");
        final String digits = text.substring(colon + 1);
        if (host.isEmpty() || !bracketed && host.indexOf(':') >= 0 || !digits.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
        }
        final int port = Integer.parseInt(digits);
        if (port > MAX_PORT) {
            throw new IllegalArgumentException("'" + text + "' has no port up to " + MAX_PORT);
        }
        return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
