package dev.herald.platform.parameter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.problem.MalformedRequest;
import dev.herald.platform.validation.StorableText;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query, decoded strictly as {@code application/x-www-form-urlencoded}; the servlet API's parameters include those of
 * a form in the body.
 *
 * @param values the values of each parameter, in the order of the request
 */
record Query(Map<String, List<String>> values) {

    /** Equal to Tomcat's limit. */
    private static final int MOST_PARAMETERS = 1_000;

    /** An incomplete escape, or a character above U+00FF: Tomcat passes each byte of the query as one character. */
    private static final Pattern UNREADABLE = Pattern.compile("%(?!\\p{XDigit}{2})|[^\\x00-\\xFF]");

    /**
     * @param raw null if the request has no query
     * @throws MalformedRequest if the query is not percent-encoded UTF-8
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
        if (UNREADABLE.matcher(text).find()) {
            throw malformed();
        }
        byte[] bytes = URLDecoder.decode(text, ISO_8859_1).getBytes(ISO_8859_1);
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static MalformedRequest malformed() {
        return new MalformedRequest("The query cannot be decoded: it must be percent-encoded UTF-8.");
    }
}
