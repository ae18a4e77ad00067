package dev.herald.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A persistent HTTP/1.1 connection with little processor time for each request, because the client shares the processors with the server.
 * It sends prepared bytes, and reads only the status, one header and a body of known length.
 */
final class PlainConnection implements AutoCloseable {

    private static final int LIMIT_MILLIS = 30_000;
    private static final String CONTENT_LENGTH = "content-length:";
    private static final String RETRY_AFTER = "retry-after:";

    private final Socket socket;
    private final InputStream in;

    /** @param retryAfter whether the answer has a header {@code Retry-After} */
    record Answer(int status, boolean retryAfter) {}

    PlainConnection(URI server) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static byte[] get(String path, String token) {
        return bytes("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n".formatted(path, token));
    }

    static byte[] post(String path, String json) {
        return bytes(
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(path, bytes(json).length, json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
    }

    Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean retryAfter = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String name = header.toLowerCase(Locale.ROOT);
            retryAfter |= name.startsWith(RETRY_AFTER);
            if (name.startsWith(CONTENT_LENGTH)) {
                length = Integer.parseInt(
                        header.substring(CONTENT_LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        return new Answer(status, retryAfter);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The server closed the connection.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
