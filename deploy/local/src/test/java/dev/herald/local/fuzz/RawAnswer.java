package dev.herald.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The first final response on a new connection. Names of headers are in lower case. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    private static final int TIMEOUT_MS = 30_000;

    /** Empty if the server closes the connection without a response. */
    static Optional<RawAnswer> to(RawRequest request, String host, int port) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            Thread.ofVirtual().start(() -> send(request.bytes(host + ":" + port), socket));
            return read(new BufferedInputStream(socket.getInputStream()), request.method());
        }
    }

    /** In parallel to the reading, because a server may respond and close before it has read everything. */
    private static void send(byte[] bytes, Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // The response decides, or that there is none.
        }
    }

    private static Optional<RawAnswer> read(InputStream in, String method) throws IOException {
        try {
            while (true) {
                String statusLine = line(in);
                if (statusLine == null) {
                    return Optional.empty();
                }
                int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
                Map<String, List<String>> headers = headers(in);
                if (status >= 200) {
                    boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
                    return Optional.of(new RawAnswer(status, headers, bodiless ? new byte[0] : body(in, headers)));
                }
            }
        } catch (SocketException reset) {
            return Optional.empty();
        }
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        String line = line(in);
        while (line != null && !line.isEmpty()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    List.of(line.substring(colon + 1).strip()),
                    (one, other) ->
                            Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableList()));
            line = line(in);
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
        byte[] body = sent(in, headers);
        return headers.getOrDefault("content-encoding", List.of()).contains("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()
                : body;
    }

    private static byte[] sent(InputStream in, Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.get("content-length").getFirst()));
        }
        if (!headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(String.valueOf(line(in)).strip(), 16);
            body.writeBytes(in.readNBytes(size));
            String ignored = line(in);
            if (size == 0 || ignored == null) {
                return body.toByteArray();
            }
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (next != '\r') {
                line.write(next);
            }
            next = in.read();
        }
        return line.toString(ISO_8859_1);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }

    /** The media type without its parameters; empty if there is none. */
    String mediaType() {
        return header("content-type")
                .map(type -> type.replaceFirst(";.*", "").strip())
                .orElse("");
    }

    String text() {
        return new String(body, UTF_8);
    }

    @Override
    public String toString() {
        return "%d %s %s".formatted(status, mediaType(), RawRequest.shortened(new String(body, ISO_8859_1)));
    }
}
