package dev.herald.platform.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.herald.platform.security.RevokedSessions;
import dev.herald.platform.testing.RawHttp;
import dev.herald.platform.testing.RawHttp.Answer;
import dev.herald.platform.testing.TestTokens;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** The responses of a service on Tomcat to requests that it cannot read, or whose {@code Accept} it cannot meet. */
@SpringBootTest(
        classes = UnreadableRequestsTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "herald.security.public=POST /things, GET /things, PUT /things/{id}, POST /things/ended, GET /failures/{kind}",
            "management.server.port=0",
            "logging.level.dev.herald=trace"
        })
@ActiveProfiles("local")
@ExtendWith(OutputCaptureExtension.class)
class UnreadableRequestsTest {

    private static final String JSON = "Content-Type: application/json";
    private static final String THING = "{\"name\": \"a\"}";
    private static final String SECRET = "S3cret-horse";

    private static final AtomicInteger HANDLED = new AtomicInteger();

    @Autowired
    private RequestMappingHandlerAdapter requestMappingHandlerAdapter;

    @Value("${local.server.port}")
    private int port;

    @Value("${local.management.port}")
    private int managementPort;

    private RawHttp http;

    enum Kind {
        SMALL
    }

    record Part(String name) {}

    record WriteThing(
            String name,
            @Nullable Boolean published,
            @Nullable Integer count,
            @Nullable Double weight,
            @Nullable Kind kind,
            @Nullable Set<Kind> kinds,
            @Nullable List<String> tags,
            @Nullable UUID owner,
            @Nullable Part part) {}

    record Thing(@Nullable String name) {}

    @RestController
    @SuppressWarnings("DoNotCallSuggester")
    static class Things {

        @PostMapping("/things")
        ResponseEntity<Thing> write(@RequestBody WriteThing request) {
            HANDLED.incrementAndGet();
            return ResponseEntity.status(201).body(new Thing(request.name()));
        }

        @PutMapping("/things/{id}")
        Thing replace(@PathVariable UUID id, @RequestBody WriteThing request) {
            HANDLED.incrementAndGet();
            return new Thing(request.name());
        }

        @PostMapping("/things/ended")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void end() {
            HANDLED.incrementAndGet();
        }

        @GetMapping("/things")
        List<Thing> list(@RequestParam(required = false) @Nullable String name) {
            HANDLED.incrementAndGet();
            return List.of(new Thing(name));
        }

        @GetMapping("/guarded")
        List<Thing> guarded() {
            return List.of();
        }

        @GetMapping("/failures/library")
        void library() {
            UUID.fromString(SECRET + HANDLED);
        }

        @GetMapping("/failures/own")
        void own() {
            throw new IllegalStateException("No key signs yet");
        }

        @GetMapping("/failures/database")
        void database() {
            throw new CannotGetJdbcConnectionException("No connection", new SQLException(SECRET, "08006"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                FlywayAutoConfiguration.class,
                DataRedisAutoConfiguration.class
            })
    @Import(Things.class)
    static class Service {

        @Bean
        DiscoveryClient registry() {
            return new CompositeDiscoveryClient(List.of());
        }

        @Bean
        JWKSource<SecurityContext> accessTokenKeys() {
            return new ImmutableJWKSet<>(new JWKSet(TestTokens.key()));
        }

        @Bean
        RevokedSessions revokedSessions() {
            return session -> false;
        }
    }

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
        HANDLED.set(0);
    }

    private Answer post(String body, String... headers) {
        return http.send("POST", "/things", List.of(headers), body);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        assertThat(answer.header("X-Request-Id")).isPresent();
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("traceId").asString()).matches("[0-9a-f]{32}");
    }

    private static void assertNothingWasHandled() {
        assertThat(HANDLED).hasValue(0);
    }

    @Nested
    class MediaTypes {

        @Test
        void areAFixedListWhateverTheClassPathBrings() {
            assertThat(requestMappingHandlerAdapter.getMessageConverters())
                    .hasSize(2)
                    .flatExtracting(HttpMessageConverter::getSupportedMediaTypes)
                    .containsOnly(MediaType.APPLICATION_JSON);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/html",
                    "application/yaml",
                    "application/xml",
                    "application/cbor",
                    "application/problem+json",
                    "application/vnd.herald+json",
                    "application/*+json",
                    "application/json;q=0",
                    "application/json;q=0, */*",
                    "application/*;q=0, */*",
                    "*/*;q=0",
                    "application/json;charset=iso-8859-1",
                    "application/json;charset=utf-16",
                    "application/json;charset=none",
                    "nonsense",
                    "application/json/x"
                })
        void thatExcludeJsonAreRefusedBeforeTheHandlerRuns(String accept) {
            assertProblem(post(THING, JSON, "Accept: " + accept), 406, "not-acceptable");
            assertProblem(
                    http.send("PUT", "/things/" + UUID.randomUUID(), List.of(JSON, "Accept: " + accept), THING),
                    406,
                    "not-acceptable");
            assertProblem(http.send("GET", "/things", List.of("Accept: " + accept), ""), 406, "not-acceptable");
            assertNothingWasHandled();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Accept:",
                    "Accept: */*",
                    "Accept: application/*",
                    "Accept: application/json",
                    "Accept: application/json;charset=UTF-8",
                    "Accept: application/json;v=2",
                    "Accept: application/json;q=0.1, text/html",
                    "Accept: text/html;q=0.9, */*;q=0.1",
                    "Accept: text/html, image/gif, *; q=.2, */*; q=.2",
                    "Accept: application/problem+json, application/json",
                    "Accept: text/html\r\nAccept: application/json"
                })
        void thatAdmitJsonAreAnsweredByPlainJson(String accept) {
            Answer answer = accept.isEmpty() ? post(THING, JSON) : post(THING, JSON, accept);

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Content-Type")).contains("application/json");
        }

        @Test
        void doNotMatterToAnAnswerWithoutABody() {
            assertThat(http.send("POST", "/things/ended", List.of("Accept: text/html"), "")
                            .status())
                    .isEqualTo(204);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "multipart/form-data; boundary=x",
                    "application/yaml",
                    "application/xml",
                    "application/cbor",
                    "application/x-jackson-smile",
                    "application/problem+json",
                    "application/merge-patch+json",
                    "text/plain",
                    "text/json",
                    "*/*",
                    "application/*",
                    "nonsense",
                    "application/json, text/plain",
                    "application/json;charset=ISO-8859-1",
                    "application/json;charset=utf-16",
                    "application/json;charset=none",
                    "application/json\r\nContent-Type: text/plain",
                    "application/json\r\nContent-Type: application/json"
                })
        void ofABodyThatIsNotJsonInUtf8AreRefused(String contentType) {
            Answer answer = post(THING, "Content-Type: " + contentType);

            assertProblem(answer, 415, "unsupported-media-type");
            assertThat(answer.header("Accept")).contains("application/json");
            assertNothingWasHandled();
        }

        @Test
        void areNeededForABody() {
            assertProblem(post(THING), 415, "unsupported-media-type");
            assertProblem(post("", JSON), 400, "malformed-request");
            assertProblem(post(""), 400, "malformed-request");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "Application/JSON",
                    "application/json;charset=utf-8",
                    "application/json; charset=\"UTF-8\"",
                    "application/json\r\nContent-Encoding: identity"
                })
        void ofJsonAreRead(String contentType) {
            assertThat(post(THING, "Content-Type: " + contentType).status()).isEqualTo(201);
        }

        @ParameterizedTest
        @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "nonsense"})
        void doNotHideACompressedBody(String coding) {
            Answer answer = post(THING, JSON, "Content-Encoding: " + coding);

            assertProblem(answer, 415, "unsupported-media-type");
            assertThat(answer.header("Accept-Encoding")).contains("identity");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "*/*",
                    "nonsense",
                    "application/json;charset=none"
                })
        void ofABodyThatNobodyReadsDoNotMatter(String contentType) {
            List<String> headers = List.of("Content-Type: " + contentType);

            assertThat(http.send("POST", "/things/ended", headers, "a=%").status())
                    .isEqualTo(204);
            assertThat(http.send("GET", "/things", headers, "a=%").status()).isEqualTo(200);
        }
    }

    @Nested
    class Bodies {

        static Stream<String> malformed() {
            return Stream.of(
                    "",
                    "{",
                    "null",
                    "[]",
                    "\"a\"",
                    "1",
                    "{} {}",
                    "{\"name\": \"a\"} x",
                    "{'name': 'a'}",
                    "{\"name\": \"a\",}",
                    "{\"name\": \"a\"} // comment",
                    "{\"name\": \"a\", \"name\": \"b\"}",
                    "{\"name\": \"a\", \"n\\u0061me\": \"a\"}",
                    "{\"name\": \"a\", \"part\": {\"name\": \"a\", \"name\": \"b\"}}",
                    "{\"name\": 1}",
                    "{\"name\": true}",
                    "{\"name\": 1.5}",
                    "{\"name\": [\"a\"]}",
                    "{\"name\": {\"a\": \"b\"}}",
                    "{\"name\": \"a\", \"published\": \"\"}",
                    "{\"name\": \"a\", \"published\": \" \"}",
                    "{\"name\": \"a\", \"published\": \"true\"}",
                    "{\"name\": \"a\", \"published\": \"null\"}",
                    "{\"name\": \"a\", \"published\": 1}",
                    "{\"name\": \"a\", \"published\": 0.0}",
                    "{\"name\": \"a\", \"published\": []}",
                    "{\"name\": \"a\", \"count\": \"1\"}",
                    "{\"name\": \"a\", \"count\": \"\"}",
                    "{\"name\": \"a\", \"count\": 1.0}",
                    "{\"name\": \"a\", \"count\": 1e0}",
                    "{\"name\": \"a\", \"count\": 99999999999}",
                    "{\"name\": \"a\", \"count\": true}",
                    "{\"name\": \"a\", \"count\": []}",
                    "{\"name\": \"a\", \"weight\": NaN}",
                    "{\"name\": \"a\", \"weight\": \"1.5\"}",
                    "{\"name\": \"a\", \"weight\": +1}",
                    "{\"name\": \"a\", \"count\": 01}",
                    "{\"name\": \"a\", \"count\": " + "1".repeat(2_000) + "}",
                    "{\"name\": \"a\", \"kind\": 0}",
                    "{\"name\": \"a\", \"kind\": \"0\"}",
                    "{\"name\": \"a\", \"kind\": \"\"}",
                    "{\"name\": \"a\", \"kind\": \"small\"}",
                    "{\"name\": \"a\", \"kinds\": [0]}",
                    "{\"name\": \"a\", \"kinds\": \"SMALL\"}",
                    "{\"name\": \"a\", \"kinds\": \"\"}",
                    "{\"name\": \"a\", \"tags\": \"\"}",
                    "{\"name\": \"a\", \"tags\": {}}",
                    "{\"name\": \"a\", \"tags\": [1]}",
                    "{\"name\": \"a\", \"owner\": \"\"}",
                    "{\"name\": \"a\", \"owner\": 1}",
                    "{\"name\": \"a\", \"part\": \"\"}",
                    "{\"name\": \"a\", \"part\": \"a\"}",
                    "{\"name\": \"a\", \"part\": []}",
                    "{\"name\": \"a\", \"part\": [\"a\"]}",
                    "{\"name\": \"a\", \"unknown\": 1}",
                    "{\"name\": \"a\", \"\\ud800\": 1}",
                    "{\"name\": \"a\", \"" + "x".repeat(1_000) + "\": 1}",
                    "{\"name\": \"a\", \"" + "x".repeat(60_000) + "\": 1}",
                    "{\"part\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}",
                    "[".repeat(10_000));
        }

        @ParameterizedTest
        @MethodSource
        void malformed(String body) {
            Answer answer = post(body, JSON);

            assertProblem(answer, 400, "malformed-request");
            assertThat(answer.body()).hasSizeLessThan(1_000).doesNotContain("jackson");
            assertNothingWasHandled();
        }

        static Stream<String> notUtf8() {
            return Stream.of(
                    octets(UTF_16BE),
                    octets(UTF_16LE),
                    octets(UTF_16),
                    octets(Charset.forName("UTF-32BE")),
                    octets(Charset.forName("UTF-32LE")),
                    "{\"name\": \"\u00e4\"}",
                    "{\"name\": \"\u00c0\u00af\"}",
                    "{\"name\": \"\u00e0\u0080\u00af\"}",
                    "{\"name\": \"\u00ed\u00a0\u0080\"}",
                    "{\"name\": \"\u00f4\u0090\u0080\u0080\"}",
                    "{\"name\": \"\u00f8\u0088\u0080\u0080\u0080\"}",
                    "{\"name\": \"\u00c3\"}",
                    "{\"name\": \"a\"}\u00ff",
                    "{\"name\": \"a\0\"}");
        }

        private static String octets(Charset charset) {
            return new String(THING.getBytes(charset), ISO_8859_1);
        }

        @ParameterizedTest
        @MethodSource
        void notUtf8(String body) {
            assertProblem(post(body, JSON), 400, "malformed-request");
            assertNothingWasHandled();
        }

        @Test
        void mayBeginWithAByteOrderMark() {
            assertThat(post("\u00ef\u00bb\u00bf" + THING, JSON).status()).isEqualTo(201);
        }

        @Test
        void keepEveryCharacter() {
            Answer answer = post("{\"name\": \"\u00f0\u009f\u00a6\u0084\u00c3\u00a4\"}", JSON);

            assertThat(answer.body()).isEqualTo("{\"name\":\"\u00f0\u009f\u00a6\u0084\u00c3\u00a4\"}");
        }

        @Test
        void thatBreakOffAreTheCallersFailure() {
            assertProblem(
                    http.send("POST", "/things", List.of(JSON, "Transfer-Encoding: chunked"), "5\r\n{\"nam\r\nzz\r\n"),
                    400,
                    "malformed-request");
        }
    }

    @Nested
    class Paths {

        @ParameterizedTest
        @ValueSource(strings = {"name=%E4", "name=%", "name=%zz", "%C0%AF=1", "name=%ED%A0%80", "=x", "n%00=1"})
        void withAQueryThatCannotBeDecoded(String query) {
            assertProblem(http.send("GET", "/things?" + query, List.of(), ""), 400, "malformed-request");
            assertNothingWasHandled();
        }

        @Test
        void withTooManyParameters() {
            String query = Collections.nCopies(1_001, "name=a").stream().collect(joining("&"));

            assertProblem(http.send("GET", "/things?" + query, List.of(), ""), 400, "malformed-request");
        }

        @Test
        void withWhatBrowsersDoNotEncode() {
            Answer answer = http.send("GET", "/things?name=[a]{b}|^`\\", List.of(), "");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get(0).get("name").asString()).isEqualTo("[a]{b}|^`\\");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/things/%E4",
                    "/things/%C0%AF",
                    "/things/%zz",
                    "/things/%",
                    "/things/%00",
                    "/things/%2f",
                    "/things/..%2f",
                    "/../things",
                    "/things;a=%zz",
                    "/thi[ngs",
                    "/things<b",
                    "/things?a=<b",
                    "/things?a=\u00e4",
                    "/things?a=\"b",
                    "*"
                })
        void thatCannotBeDecoded(String target) {
            assertProblem(http.send("GET", target, List.of(), ""), 400, "malformed-request");
            assertNothingWasHandled();
        }

        @ParameterizedTest
        @ValueSource(strings = {"TRACE", "PATCH", "FOO", "QUERY"})
        void withAMethodThatTheyDoNotHave(String method) {
            Answer answer = http.send(method, "/things", List.of(JSON, "Authorization: " + bearer()), THING);

            assertProblem(answer, 405, "method-not-allowed");
            assertThat(answer.header("Allow")).isPresent();
        }
    }

    @Nested
    class Heads {

        static Stream<String> malformed() {
            String host = "Host: localhost\r\nConnection: close\r\n";
            return Stream.of(
                    "G@T /things HTTP/1.1\r\n" + host + "\r\n",
                    "GET /things HTTP/3.0\r\n" + host + "\r\n",
                    "GET /things HTTP/1.1\r\nConnection: close\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "Host: elsewhere\r\n\r\n",
                    "GET /things HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "no colon\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "na me: a\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "X-Name: a\u0001\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "X-Name: a\u0085\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "Transfer-Encoding: other\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host + "X-Long: " + "x".repeat(40_000) + "\r\n\r\n",
                    "GET /things HTTP/1.1\r\n" + host
                            + IntStream.range(0, 250)
                                    .mapToObj(i -> "X-Many: " + i + "\r\n")
                                    .collect(joining())
                            + "\r\n",
                    "CONNECT localhost:1 HTTP/1.1\r\n" + host + "\r\n");
        }

        @ParameterizedTest
        @MethodSource
        void malformed(String request) {
            assertProblem(http.send(request), 400, "malformed-request");
            assertNothingWasHandled();
        }

        @Test
        void withAnUnknownExpectationAreRefused() {
            assertProblem(http.send("GET", "/things", List.of("Expect: the best"), ""), 417, "expectation-failed");
            assertNothingWasHandled();
        }

        @Test
        void keepTheirIdAndTraceWhenTheyAreRefused() {
            Answer answer = http.send(
                    "GET",
                    "/things/%E4",
                    List.of(
                            "X-Request-Id: order-7",
                            "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                    "");

            assertThat(answer.header("X-Request-Id")).contains("order-7");
            assertThat(answer.json().get("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }

        /** The gateway passes on what it can read, and adds headers. */
        @Test
        void mayBeALittleLargerThanTheGatewayReads() {
            List<String> many = IntStream.range(0, 130)
                    .mapToObj(i -> "X-Many-" + i + ": " + "x".repeat(100))
                    .toList();

            assertThat(http.send("GET", "/things", many, "").status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer ", "Bearer  ", "bearer ", "BEARER     "})
        void mayHaveSpacesBeforeTheToken(String scheme) {
            String token = bearer().substring("Bearer ".length());

            assertThat(http.send("GET", "/guarded", List.of("Authorization: " + scheme + token), "")
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer", "Bearer a b", "Bearer \u00e4", "Bearer a,b", "Bearer\ta"})
        void withWhatIsNoToken(String authorization) {
            assertProblem(
                    http.send("GET", "/guarded", List.of("Authorization: " + authorization), ""), 401, "invalid-token");
        }

        @Test
        void withCredentialsOfAnotherScheme() {
            assertProblem(
                    http.send("GET", "/guarded", List.of("Authorization: Basic YTpi"), ""),
                    401,
                    "authentication-required");
        }
    }

    @Nested
    class OurOwnFailures {

        @Test
        void areLoggedByClassAndPlaceWithoutALibrarysMessage(CapturedOutput log) {
            Answer answer = http.send("GET", "/failures/library", List.of(), "");

            assertProblem(answer, 500, "internal-error");
            assertThat(log.getAll())
                    .doesNotContain(SECRET)
                    .contains(
                            "GET /failures/library failed ["
                                    + answer.json().get("traceId").asString()
                                    + "]: java.lang.IllegalArgumentException at dev.herald.platform.servlet.UnreadableRequestsTest$Things.library(");
        }

        @Test
        void areLoggedWithAMessageOfOurOwn(CapturedOutput log) {
            assertProblem(http.send("GET", "/failures/own", List.of(), ""), 500, "internal-error");
            assertThat(log.getAll()).contains("]: java.lang.IllegalStateException: No key signs yet at dev.herald.");
        }

        @Test
        void sayWhenToTryAgainIfADatabaseIsAway(CapturedOutput log) {
            Answer answer = http.send("GET", "/failures/database", List.of(), "");

            assertProblem(answer, 503, "upstream-unavailable");
            assertThat(answer.header("Retry-After"))
                    .hasValueSatisfying(seconds -> assertThat(seconds).containsOnlyDigits());
            assertThat(log.getAll()).doesNotContain(SECRET).contains("SQLState 08006");
        }
    }

    @Nested
    class Secrets {

        static Stream<String> requests() {
            String head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
            String form = "email=" + SECRET + "&password=" + SECRET + "%F6%zz%";
            String json = "{\"name\": \"" + SECRET + "\u00ff\"}";
            return Stream.of(
                    with("POST /things" + head, "Content-Type: application/x-www-form-urlencoded", form),
                    with("PUT /things/x" + head, "Content-Type: application/x-www-form-urlencoded", form),
                    with("POST /things/ended" + head, "Content-Type: application/x-www-form-urlencoded", form),
                    with("POST /things" + head, "Content-Type: multipart/form-data", form),
                    with("POST /things" + head, "Content-Type: multipart/form-data; boundary=" + SECRET, form),
                    with("POST /things" + head, "Content-Type: " + SECRET, form),
                    with("POST /things" + head, "Content-Type: application/json;charset=" + SECRET, form),
                    with("POST /things" + head, JSON, json),
                    with("POST /things" + head, JSON, form),
                    with("POST /things" + head, JSON, "{\"" + SECRET + "\": 1}"),
                    with("POST /things" + head, JSON, "{\"name\": \"a\", \"published\": \"" + SECRET + "\"}"),
                    with("POST /things" + head, JSON, "{\"name\": \"a\", \"owner\": \"" + SECRET + "\"}"),
                    with("POST /things" + head, JSON, "{\"name\": \"a\", \"kind\": \"" + SECRET + "\"}"),
                    with("POST /things" + head, JSON, "{\"name\": " + SECRET + "}"),
                    with("POST /things" + head, JSON + "\r\nContent-Encoding: " + SECRET, THING),
                    with("GET /things?name=" + SECRET + "%E4" + head, "", ""),
                    with("GET /things?" + SECRET + "%zz=a" + head, "", ""),
                    with("GET /things?" + SECRET + "%00=a" + head, "", ""),
                    with("GET /things?name=" + SECRET + "<" + head, "", ""),
                    with("GET /things?name=" + SECRET + "\u00e4" + head, "", ""),
                    with("GET /things/" + SECRET + "%E4" + head, "", ""),
                    with("GET /things;" + SECRET + "=%zz" + head, "", ""),
                    with("GET /things/" + SECRET + "[" + head, "", ""),
                    with(SECRET + "@ /things" + head, "", ""),
                    with("GET /things " + SECRET + "\r\nHost: localhost\r\n", "", ""),
                    with("GET /things HTTP/1.1\r\nHost: " + SECRET + " x\r\n", "", ""),
                    with("GET /guarded" + head, "Authorization: Bearer " + SECRET + " x", ""),
                    with("GET /guarded" + head, "Authorization: Bearer " + SECRET + "\u0085", ""),
                    with("GET /guarded" + head, "Authorization: Bearer " + SECRET, ""),
                    with("GET /guarded" + head, "Authorization: " + SECRET, ""),
                    with("GET /guarded" + head, "Authorization " + SECRET, ""),
                    with("GET /things" + head, SECRET + " x: a", ""),
                    with("GET /things" + head, SECRET + "\u0001: a", ""),
                    with("GET /things" + head, "X-Token: " + SECRET + "\u0001", ""),
                    with("GET /things" + head, "Cookie: " + SECRET + "=\u00e4\"; x" + SECRET + "\u0085=1", ""),
                    with("GET /things" + head, "Accept: " + SECRET, ""),
                    with("GET /things" + head, "Accept: application/json;charset=" + SECRET, ""),
                    with("GET /things" + head, "API-Version: " + SECRET, ""),
                    with("GET /things" + head, "Expect: " + SECRET, ""),
                    with("GET /things" + head, "Content-Length: " + SECRET, ""),
                    with("GET /things" + head, "Transfer-Encoding: " + SECRET, ""),
                    with("GET /" + SECRET + head, "Authorization: " + bearer(), ""));
        }

        private static String with(String head, String header, String body) {
            return head
                    + (header.isEmpty() ? "" : header + "\r\n")
                    + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
                    + "\r\n"
                    + body;
        }

        @ParameterizedTest
        @MethodSource("requests")
        void areInNoLog(String request, CapturedOutput log) {
            int status = http.send(request).status();

            assertThat(log.getAll()).doesNotContain(SECRET);
            assertThat(status).isLessThan(500);
        }
    }

    @Nested
    class Operations {

        @Test
        void areAnsweredInTheirOwnMediaTypes() {
            RawHttp operations = new RawHttp(managementPort);

            assertThat(operations
                            .send("GET", "/actuator/health", List.of("Accept: text/html, */*"), "")
                            .status())
                    .isEqualTo(200);
            assertThat(operations
                            .send("GET", "/actuator/prometheus", List.of("Accept: text/plain"), "")
                            .header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/actuator/%E4", "/actuator/health<"})
        void refuseWhatTomcatCannotReadByProblems(String target) {
            assertProblem(new RawHttp(managementPort).send("GET", target, List.of(), ""), 400, "malformed-request");
        }

        @Test
        void knowNothingElse() {
            Answer answer = new RawHttp(managementPort).send("GET", "/nothing", List.of(), "");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().get("code").asString()).isEqualTo("not-found");
        }
    }

    private static String bearer() {
        return TestTokens.bearer(UUID.randomUUID());
    }
}
