package dev.herald.platform.parameter;

import dev.herald.platform.problem.MalformedRequest;
import dev.herald.platform.validation.StorableText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query, decoded strictly as {@code application/x-www-form-urlencoded}. The servlet API's parameters are those of a form in the body
 * too.
 *
 * @param values of each parameter, in the order in which they were sent
 */
record Query(Map<String, List<String>> values) {

    /** As many as Tomcat reads. */
    private static final int MOST_PARAMETERS = 1_000;

    private static final int HEXADECIMAL = 16;
    private static final int ESCAPE = 3;

    /**
     * @param raw as it was sent; null if there was none
     * @throws MalformedRequest if it is not percent-encoded UTF-8
     */
    static Query parse(@Nullable String raw) {
        if (raw == null) {
            return new Query(Map.of());
        }
        String[] pairs = raw.split("&", -1);
        if (pairs.length > MOST_PARAMETERS) {
            throw new MalformedRequest("The query has more than %d parameters.".formatted(MOST_PARAMETERS));
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : pairs) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (name.isEmpty() || !StorableText.isStorable(name)) {
                    throw new MalformedRequest("The query has a parameter without a readable name.");
                }
                values.computeIfAbsent(name, unknown -> new ArrayList<>())
                        .add(decode(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        return new Query(values);
    }

    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '%' -> {
                    bytes.write(escaped(text, i));
                    i += ESCAPE - 1;
                }
                case '+' -> bytes.write(' ');
                default -> bytes.write(requireByte(character));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static MalformedRequest malformed() {
        return new MalformedRequest("The query cannot be decoded: it must be percent-encoded UTF-8.");
    }

    private static int escaped(String text, int at) {
        if (at + ESCAPE > text.length()) {
            throw malformed();
        }
        int high = Character.digit(text.charAt(at + 1), HEXADECIMAL);
        int low = Character.digit(text.charAt(at + 2), HEXADECIMAL);
        if (high < 0 || low < 0) {
            throw malformed();
        }
        return high * HEXADECIMAL + low;
    }

    /** The container gives bytes that are not ASCII as characters of ISO 8859-1. */
    private static int requireByte(char character) {
        if (character > 0xFF) {
            throw malformed();
        }
        return character;
    }
}
