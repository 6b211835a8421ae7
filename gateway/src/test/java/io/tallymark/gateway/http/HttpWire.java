package io.tallymark.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client by hand on a plain socket: sends any bytes, reads responses by their Content-Length. */
final class HttpWire implements AutoCloseable {
    final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;

    HttpWire(final InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(address);
        socket.setSoTimeout(20_000);
        out = socket.getOutputStream();
        in = socket.getInputStream();
    }

    /** A response as read. */
    record Response(int status, Map<String, String> headers, String body) {
        String header(final String name) {
            return headers.get(name);
        }
    }

    static String post(final String path, final String json) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    static String get(final String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    void send(final byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void send(final String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends and reads one response. */
    Response ask(final String text) throws IOException {
        send(text);
        return next();
    }

    Response next() throws IOException {
        return read(false);
    }

    /** A response to HEAD: its head alone. */
    Response nextHead() throws IOException {
        return read(true);
    }

    /** One line, for interim responses. */
    String line() throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the server has ended its side and nothing more comes. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (final SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Response read(final boolean headOnly) throws IOException {
        final String statusLine = line();
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("no status line: " + statusLine);
        }
        final Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            final int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        final int status = Integer.parseInt(statusLine.substring(9, 12));
        final int length = headOnly || status == 100 ? 0 : Integer.parseInt(headers.get("content-length"));
        final byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("body cut after " + body.length + " of " + length);
        }
        return new Response(status, headers, new String(body, StandardCharsets.UTF_8));
    }
}
