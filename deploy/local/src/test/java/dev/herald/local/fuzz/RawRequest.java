package dev.herald.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An HTTP/1.1 request as bytes, which may break every rule of HTTP. Texts are in ISO-8859-1, one character for each
 * byte.
 *
 * @param target as it stands in the request line
 * @param headers in order, any of them more than once; without Host, Content-Length and Connection
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawRequest(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {

    RawRequest withMethod(String other) {
        return new RawRequest(other, target, headers, body);
    }

    RawRequest withTarget(String other) {
        return new RawRequest(method, other, headers, body);
    }

    RawRequest withBody(byte[] other) {
        return new RawRequest(method, target, headers, other);
    }

    /** Adds a header to those with the same name. */
    RawRequest plusHeader(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new RawRequest(method, target, more, body);
    }

    RawRequest withHeader(String name, String value) {
        return withoutHeader(name).plusHeader(name, value);
    }

    RawRequest withoutHeader(String name) {
        return new RawRequest(
                method,
                target,
                headers.stream()
                        .filter(header -> !header.getKey().equalsIgnoreCase(name))
                        .toList(),
                body);
    }

    boolean hasHeader(String name) {
        return headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name));
    }

    byte[] bytes(String host) {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(host).append("\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** The request as one short line, for a message. */
    @Override
    public String toString() {
        return "%s %s %s %s"
                .formatted(
                        method,
                        shortened(target),
                        shortened(headers.stream()
                                .map(header -> header.getKey() + ": "
                                        + (header.getKey().equalsIgnoreCase("authorization") ? "…" : header.getValue()))
                                .toList()
                                .toString()),
                        shortened(new String(body, ISO_8859_1)));
    }

    static String shortened(String text) {
        String line = text.chars()
                .limit(400)
                .collect(
                        StringBuilder::new,
                        (escaped, c) -> {
                            if (c >= ' ' && c < 0x7f) {
                                escaped.append((char) c);
                            } else {
                                escaped.append("\\x%02x".formatted(c));
                            }
                        },
                        StringBuilder::append)
                .toString();
        return text.length() > 400 ? line + "… (" + text.length() + ")" : line;
    }
}
