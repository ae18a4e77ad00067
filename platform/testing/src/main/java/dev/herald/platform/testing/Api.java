package dev.herald.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends HTTP requests with JSON to the service under test, as one caller. */
public final class Api {

    /** Escapes characters that UTF-8 cannot encode, such as lone surrogates, so that they reach the service. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final RestTestClient http;
    private final HttpHeaders headers = new HttpHeaders();

    public Api(RestTestClient http) {
        this.http = http;
    }

    /** A copy that also sends this header, such as {@code Authorization}. */
    public Api with(String header, @Nullable String value) {
        Api other = new Api(http);
        other.headers.addAll(headers);
        if (value != null) {
            other.headers.set(header, value);
        }
        return other;
    }

    public Api as(String bearer) {
        return with(HttpHeaders.AUTHORIZATION, bearer);
    }

    public Answer get(String path) {
        return send(HttpMethod.GET, path, null);
    }

    public Answer post(String path, Object body) {
        return send(HttpMethod.POST, path, body);
    }

    public Answer put(String path, Object body) {
        return send(HttpMethod.PUT, path, body);
    }

    public Answer delete(String path) {
        return send(HttpMethod.DELETE, path, null);
    }

    /** @param body a text, which is sent as it is, or an object, which is written as JSON */
    public Answer send(HttpMethod method, String path, @Nullable Object body) {
        RestTestClient.RequestBodySpec request = http.method(method).uri(path).headers(sent -> sent.addAll(headers));
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON)
                    .body(body instanceof String text ? text : ASCII.writeValueAsString(body));
        }
        return new Answer(request.exchange().expectBody(String.class).returnResult());
    }

    public record Answer(EntityExchangeResult<String> result) {

        public int status() {
            return result.getStatus().value();
        }

        public @Nullable String header(String name) {
            return result.getResponseHeaders().getFirst(name);
        }

        public String etag() {
            return String.valueOf(header(HttpHeaders.ETAG));
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(String.valueOf(result.getResponseBody()));
        }

        public String text(String field) {
            return json().get(field).asString();
        }

        public Answer expect(int status) {
            assertThat(status())
                    .as(() -> String.valueOf(result.getResponseBody()))
                    .isEqualTo(status);
            return this;
        }

        /** Asserts that the response is a complete problem document, and returns it. */
        public JsonNode problem(int status, String code) {
            expect(status);
            assertThat(header(HttpHeaders.CONTENT_TYPE)).startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            JsonNode problem = json();
            assertThat(problem.get("code").asString()).isEqualTo(code);
            assertThat(problem.get("type").asString()).isEqualTo("/problems/" + code);
            assertThat(problem.get("status").asInt()).isEqualTo(status);
            assertThat(problem.get("title").asString()).isNotBlank();
            assertThat(problem.get("traceId").asString()).matches("[0-9a-f]{32}");
            return problem;
        }
    }
}
