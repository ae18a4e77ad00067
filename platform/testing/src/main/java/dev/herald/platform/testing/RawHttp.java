package dev.herald.platform.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests that no HTTP client would send, each as raw octets on a new connection. */
public final class RawHttp {

    private static final int TIMEOUT = 10_000; // ms

    private final int port;

    public RawHttp(int port) {
        this.port = port;
    }

    /**
     * Sends a request made of these parts, which may be malformed. Each header is a whole line; each character is one
     * octet.
     */
    public Answer send(String method, String target, List<String> headers, String body) {
        StringBuilder request = new StringBuilder()
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        if (!body.isEmpty() && headers.stream().noneMatch(header -> header.startsWith("Transfer-Encoding"))) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return send(request.append("\r\n").append(body).toString());
    }

    /** @param request each character is one octet */
    public Answer send(String request) {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connection.setSoTimeout(TIMEOUT);
            connection.getOutputStream().write(request.getBytes(ISO_8859_1));
            connection.getOutputStream().flush();
            return Answer.of(read(connection.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the connection ends. A server that has not read the whole request may reset the connection. */
    private static String read(InputStream answer) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            answer.transferTo(received);
        } catch (IOException e) {
            if (received.size() == 0) {
                throw e;
            }
        }
        return received.toString(ISO_8859_1);
    }

    public record Answer(int status, List<String> headers, String body) {

        static Answer of(String answer) {
            String[] parts = answer.split("\r\n\r\n", 2);
            List<String> head = Arrays.asList(parts[0].split("\r\n", -1));
            return new Answer(
                    Integer.parseInt(head.getFirst().split(" ", 3)[1]),
                    head.subList(1, head.size()),
                    parts.length == 1 ? "" : parts[1]);
        }

        public Optional<String> header(String name) {
            String start = name + ":";
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }
}
