package dev.herald.platform.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.problem.MalformedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Reads only JSON in UTF-8. Jackson would also detect UTF-16 and UTF-32, and read overlong UTF-8 (RFC 3629). */
class Utf8JsonConverter extends JacksonJsonHttpMessageConverter {

    /** Larger than the gateway's limit, and much smaller than the heap. */
    private static final int MOST_BYTES =
            Math.toIntExact(DataSize.ofMegabytes(16).toBytes());

    Utf8JsonConverter(JsonMapper json) {
        super(json);
        setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON));
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        byte[] body = message.getBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new BodyTooLarge();
        }
        requireUtf8(body);
        return super.read(type, new Body(message.getHeaders(), new ByteArrayInputStream(body)), hints);
    }

    private record Body(HttpHeaders headers, InputStream content) implements HttpInputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return content;
        }
    }

    private static void requireUtf8(byte[] body) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new MalformedRequest("The body is not UTF-8.");
        }
        for (byte octet : body) {
            // JSON in UTF-8 never contains a zero octet; JSON in UTF-16 or UTF-32 always does.
            if (octet == 0) {
                throw new MalformedRequest("The body is not JSON in UTF-8.");
            }
        }
    }
}
