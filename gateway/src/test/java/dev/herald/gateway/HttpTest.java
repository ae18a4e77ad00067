package dev.herald.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/** The gateway's handling of HTTP itself, tested on raw sockets. */
class HttpTest extends GatewayTest {

    private static final String ACCESS_LOG = "dev.herald.gateway.access.AccessLog";

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    private final Queue<ILoggingEvent> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            logged.add(line);
        }
    };
    private final Logger access = (Logger) LoggerFactory.getLogger(ACCESS_LOG);
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private @Nullable Level level;

    @BeforeEach
    void listen() {
        level = access.getLevel();
        access.setLevel(Level.INFO);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void stop() {
        root.detachAppender(appender);
        access.setLevel(level);
    }

    @Nested
    class Refusals {

        static Stream<Arguments> requests() {
            return Stream.of(
                    refusal("GET /api/users?filter[a]=1 HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users/{id} HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users?a=b|c HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users/\u00e4 HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users/%E4 HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users?name=%E4 HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users/%C0%AF HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users?name=%zz HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users?name=% HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users#fragment HTTP/1.1", "", 400, "malformed-request"),
                    refusal("OPTIONS * HTTP/1.1", "", 400, "malformed-request"),
                    refusal("CONNECT api:80 HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET http://[::/api/users HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/9.9", "", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.2", "", 400, "malformed-request"),
                    refusal("GET /api/users a secret", "", 400, "malformed-request"),
                    refusal("G@T /api/users HTTP/1.1", "", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "Host: other\r\n", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "X: a\0b\r\n", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "X\u00e4: a\r\n", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "X : a\r\n", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "X: a\nY: b\r\n", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "Upgrade: websocket\r\n", 400, "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "Upgrade: h2c\r\n", 400, "malformed-request"),
                    refusal(
                            "POST /api/auth/login HTTP/1.1",
                            "Content-Length: 2\r\nContent-Length: 3\r\n",
                            400,
                            "malformed-request"),
                    refusal(
                            "POST /api/auth/login HTTP/1.1",
                            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                            400,
                            "malformed-request"),
                    refusal("GET /api/users HTTP/1.1", "Expect: an answer\r\n", 417, "expectation-failed"),
                    refusal("GET /api/users HTTP/1.1", "X: 1\r\n".repeat(100), 431, "headers-too-large"),
                    refusal(
                            "GET /api/users HTTP/1.1",
                            "X: %s\r\n".formatted("x".repeat(9_000)),
                            431,
                            "headers-too-large"),
                    refusal("GET /api/users?%s HTTP/1.1".formatted("x".repeat(5_000)), "", 414, "uri-too-long"),
                    refusal("GET /api/users?%s HTTP/1.1".formatted("x".repeat(100_000)), "", 414, "uri-too-long"),
                    refusal("%s /api/users HTTP/1.1".formatted("X".repeat(5_000)), "", 414, "uri-too-long"),
                    refusal("%s /api/users HTTP/1.1".formatted("X".repeat(2_000)), "", 405, "method-not-allowed"),
                    refusal("TRACE /api/users HTTP/1.1", "", 405, "method-not-allowed"),
                    refusal("TRACE /problems HTTP/1.1", "", 405, "method-not-allowed"),
                    refusal("TRACE /api/nothing HTTP/1.1", "", 404, "not-found"),
                    refusal("MAKE /nothing HTTP/1.1", "", 404, "not-found"),
                    refusal("PATCH /api/nothing HTTP/1.1", "", 404, "not-found"),
                    refusal("GET http://elsewhere.example?x HTTP/1.1", "", 404, "not-found"));
        }

        private static Arguments refusal(String line, String headers, int status, String code) {
            return Arguments.of(line, headers, status, code);
        }

        @ParameterizedTest
        @MethodSource("requests")
        void areProblemsLikeAllOthers(String line, String headers, int status, String code) throws IOException {
            int before = REACHED.get();
            String id = "refused-" + UUID.randomUUID();
            // A method that is not allowed gets 405 also from a page of another origin.
            boolean mayBeSent = line.startsWith("GET ") || line.startsWith("POST ");

            String answer = answerTo(line + "\r\n" + host() + "X-Request-Id: " + id + "\r\n"
                    + (mayBeSent ? "Origin: http://localhost:3000\r\n" : "") + "Connection: close\r\n" + headers
                    + "\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("\"code\":\"%s\"".formatted(code), "\"traceId\":\"")
                    .doesNotContain("Exception", "secret");
            assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).isNotEmpty();
            assertThat(header(answer, "traceresponse")).startsWith("00-");
            String answeredId = header(answer, "X-Request-Id");
            if (!line.endsWith("secret") && !line.contains("G@T")) {
                // The requests that could be read before the failure.
                assertThat(answeredId).isEqualTo(id);
            }
            if (mayBeSent && answeredId.equals(id)) {
                assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
            }
            assertThat(accessLineOf(answeredId)).contains(" %d in ".formatted(status));
            assertThat(REACHED).hasValue(before);
        }

        @Test
        void concernAMissingHostInHttp11Alone() throws IOException {
            assertThat(answerTo("GET /problems HTTP/1.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(answerTo("GET /problems HTTP/1.0\r\nAccept: application/json\r\n\r\n"))
                    .contains("200 OK");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a:b", "a:99999", "[::x]", "a/b", "a@b", "a,b:", "\u00e4"})
        void concernAHostThatIsNone(String host) throws IOException {
            assertThat(answerTo("GET /problems HTTP/1.1\r\nConnection: close\r\nHost: %s\r\n\r\n".formatted(host)))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"malformed-request\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"localhost", "localhost:8080", "[::1]", "[::1]:8080", "a_b.example:80", "10.0.0.1"})
        void concernNoHostThatIsOne(String host) throws IOException {
            assertThat(answerTo("GET /problems HTTP/1.1\r\nConnection: close\r\nHost: %s\r\n\r\n".formatted(host)))
                    .startsWith("HTTP/1.1 200");
        }

        @Test
        void quoteNothingInTheLog() throws IOException {
            String secret = "s3cr3t-" + UUID.randomUUID();
            for (String request : List.of(
                    "GET /api/users %s\r\n\r\n",
                    "GET /api/users?password=%s|x HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /api/%s\\users HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /api/users HTTP/1.1\r\nHost: x\r\n%s : x\r\n\r\n",
                    "GET /api/users HTTP/1.1\r\nHost: x\r\nX: %s\0\r\n\r\n",
                    "GET /api/users HTTP/1.1\r\nHost: %s|x\r\n\r\n",
                    "GET /api/users HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: %s|[\r\n\r\n",
                    "GET /api/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \"%s\"\r\n\r\n",
                    "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n\r\n",
                    "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n",
                    "%s\r\n\r\n")) {
                String answer = answerTo(request.formatted(secret).replaceFirst("\r\n", "\r\nConnection: close\r\n"));
                assertThat(answer).doesNotContain(secret);
                assertThat(accessLineOf(header(answer, "X-Request-Id"))).isNotEmpty();
            }
            assertThat(logged)
                    .noneSatisfy(line -> assertThat(line.getFormattedMessage() + line.getThrowableProxy())
                            .contains(secret));
        }

        @ParameterizedTest
        @CsvSource({
            "/api/users?filter[a]=1, 0, 400, malformed-request",
            "/api/users/%E4, 0, 400, malformed-request",
            "/api/users, 10000, 431, headers-too-large",
            "/api/users, 100000, 431, headers-too-large",
            "/nothing, 0, 404, not-found"
        })
        void areTheSameOverHttp2(String target, int headerSize, int status, String code) {
            Http2Answer answer = overHttp2(target, headers -> headers.set("X", "x".repeat(headerSize)));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).contains("\"code\":\"%s\"".formatted(code), "\"traceId\":\"");
            assertThat(answer.headers().get("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.headers().get("x-content-type-options")).isEqualTo("nosniff");
            assertThat(accessLineOf(answer.headers().get("x-request-id"))).contains(" %d in ".formatted(status));
        }

        @Test
        void countHeadersOverHttp2() {
            Http2Answer answer = overHttp2("/api/users", headers -> {
                for (int line = 0; line < 100; line++) {
                    headers.add("X" + line, "x");
                }
            });

            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).contains("\"code\":\"headers-too-large\"");
        }

        private record Http2Answer(int status, io.netty.handler.codec.http.HttpHeaders headers, String body) {}

        private Http2Answer overHttp2(String target, Consumer<io.netty.handler.codec.http.HttpHeaders> headers) {
            return Objects.requireNonNull(HttpClient.newConnection()
                    .protocol(HttpProtocol.H2C)
                    .headers(sent -> {
                        sent.set(HttpHeaderNames.AUTHORIZATION, BEARER);
                        headers.accept(sent);
                    })
                    .get()
                    .uri("http://localhost:" + port + target)
                    .responseSingle((answer, body) -> body.asString()
                            .defaultIfEmpty("")
                            .map(text -> new Http2Answer(answer.status().code(), answer.responseHeaders(), text)))
                    .block());
        }
    }

    @Nested
    class Answers {

        @ParameterizedTest
        @ValueSource(strings = {"zz\r\nabc\r\n", "3\r\nabcdef\r\n", "3\r\nabc\r\nx\r\n", "0\r\nno trailer\r\n\r\n"})
        void toABrokenChunkAreWhatTheLogAndTheMetricSay(String body) throws IOException {
            String id = "chunk-" + UUID.randomUUID();
            long before = counted("400", "/api/auth/login");

            String answer = answerTo("POST /api/auth/login HTTP/1.1\r\n" + host() + "X-Request-Id: " + id
                    + "\r\nX-Forwarded-For: 198.51.100.60\r\nTransfer-Encoding: chunked\r\n\r\n" + body);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"malformed-request\"", "\"traceId\"");
            assertThat(header(answer, "X-Request-Id")).isEqualTo(id);
            assertThat(accessLineOf(id)).contains("POST /api/auth/login 400 in ");
            await().untilAsserted(
                            () -> assertThat(counted("400", "/api/auth/login")).isEqualTo(before + 1));
        }

        @Test
        void thatCloseTheConnectionAreLoggedWithTheirStatus() throws IOException {
            long before = counted("UNKNOWN", "/api/users");
            for (int request = 0; request < 20; request++) {
                String id = "close-" + UUID.randomUUID();
                assertThat(answerTo("GET /api/users HTTP/1.1\r\n" + host() + "Connection: close\r\nX-Request-Id: " + id
                                + "\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
                assertThat(accessLineOf(id)).contains("GET /api/users 200 in ");
            }
            assertThat(counted("UNKNOWN", "/api/users")).isEqualTo(before);
        }

        private long counted(String status, String path) {
            return meters.find("http.server.requests").tags("status", status, "uri", path).timers().stream()
                    .mapToLong(timer -> timer.count())
                    .sum();
        }

        @ParameterizedTest
        @CsvSource({"/api/users/page, 400, malformed-request", "/api/users/bare, 405, method-not-allowed"})
        void ofAServicesWebServerAreReplaced(String path, int status, String code) throws IOException {
            String answer = get(path, "");

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("\"code\":\"%s\"".formatted(code))
                    .doesNotContain("Tomcat");
            assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
            if (status == 405) {
                assertThat(header(answer, "Allow")).isEqualTo("GET, PUT");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/notifications", "/api/users/slow"})
        void thatAskForPatienceSayHowMuch(String path) throws IOException {
            assertThat(header(get(path, ""), "Retry-After")).isEqualTo("1");
        }

        @Test
        void keepTheVersionOfThePathInTheirLinks() throws IOException {
            String versioned = get("/api/v1/users/linked", "");
            String unversioned = get("/api/users/linked", "");

            assertThat(header(versioned, "Location")).isEqualTo("/api/v1/users/8");
            assertThat(header(versioned, "Link")).isEqualTo("</api/v1/users?cursor=x>; rel=\"next\"");
            assertThat(header(unversioned, "Location")).isEqualTo("/api/users/8");
            assertThat(header(unversioned, "Link")).isEqualTo("</api/users?cursor=x>; rel=\"next\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json;charset=iso-8859-1", "application/json;charset=utf-16;q=0.5"})
        void areUtf8(String accepted) throws IOException {
            String answer = get("/problems", "Accept: " + accepted + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200").contains("\"email-taken\"");
            assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/problem+json", "application/yaml", "nonsense", "a/b/c"})
        void areInNoOtherMediaType(String accepted) throws IOException {
            assertThat(get("/problems", "Accept: " + accepted + "\r\n"))
                    .startsWith("HTTP/1.1 406")
                    .contains("\"code\":\"not-acceptable\"");
        }

        @Test
        void areForTheSchemeBearerHoweverItIsSpaced() throws IOException {
            String token = BEARER.substring("Bearer ".length());
            for (String authorization : List.of("Bearer  " + token, "bearer " + token, "Bearer " + token + " ")) {
                assertThat(answerTo("GET /api/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                                + authorization + "\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"X-Forwarded-Port: x", "X-Forwarded-Host: a b[", "X-Forwarded-Proto: ://"})
        void doNotDependOnAProxysNonsense(String header) throws IOException {
            assertThat(get("/api/users", header + "\r\n")).startsWith("HTTP/1.1 200");
        }

        @Test
        void of404AreAPageForABrowser() throws IOException {
            String browser = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";

            String page = get("/nothing", browser);
            String problem = get("/api/nothing", browser);
            String program = get("/nothing", "Accept: */*\r\n");

            assertThat(page).startsWith("HTTP/1.1 404").contains("<h1>Not found</h1>", "<code>not-found</code>");
            assertThat(List.of(page, program))
                    .allSatisfy(answer -> assertThat(answer).containsIgnoringCase("\r\nVary: Accept\r\n"));
            assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(List.of(problem, program)).allSatisfy(answer -> {
                assertThat(answer).startsWith("HTTP/1.1 404");
                assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
            });
        }
    }

    @Nested
    class Compression {

        @ParameterizedTest
        @ValueSource(
                strings = {"gzip", "*", "br, zstd, snappy, *;q=0.1", "x-gzip", "deflate, gzip;q=0.5", "GZIP ; Q=1"})
        void isGzipAndChangesTheEntityTag(String accepted) throws IOException {
            String answer = get("/api/users/tagged", "Accept-Encoding: " + accepted + "\r\n");

            assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
            assertThat(header(answer, "ETag")).isEqualTo("\"7-gzip\"");
            assertThat(answer).containsIgnoringCase("\r\nVary: Accept-Encoding\r\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"identity", "gzip;q=0", "gzip;q=0, *", "*;q=0", "br", "snappy", "zstd", "gzip;q=x", ""})
        void isNotForced(String accepted) throws IOException {
            String answer = get("/api/users/tagged", "Accept-Encoding: " + accepted + "\r\n");

            assertThat(header(answer, "Content-Encoding")).isEmpty();
            assertThat(header(answer, "ETag")).isEqualTo("\"7\"");
            assertThat(answer).containsIgnoringCase("\r\nVary: Accept-Encoding\r\n");
        }

        @Test
        void isNotForTokens() throws IOException {
            String answer = get("/api/auth/refresh", "Accept-Encoding: gzip\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("xxxx")
                    .doesNotContainIgnoringCase("Vary: Accept-Encoding");
            assertThat(header(answer, "Content-Encoding")).isEmpty();
        }

        @Test
        void isSentForHeadToo() throws IOException {
            String answer = answerTo("HEAD /api/users/tagged HTTP/1.1\r\n" + host()
                    + "Connection: close\r\nAccept-Encoding: gzip\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
            assertThat(header(answer, "ETag")).isEqualTo("\"7-gzip\"");
            assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        }

        @Test
        void isTakenOffConditions() throws IOException {
            String same = get("/api/users/tagged", "Accept-Encoding: gzip\r\nIf-None-Match: \"7-gzip\"\r\n");
            String plain = get("/api/users/tagged", "Accept-Encoding: gzip\r\nIf-None-Match: \"7\"\r\n");
            String written = answerTo("PUT /api/users/tagged HTTP/1.1\r\n" + host()
                    + "Connection: close\r\nIf-Match: \"7-gzip\"\r\nContent-Length: 0\r\n\r\n");

            assertThat(same).startsWith("HTTP/1.1 304").containsIgnoringCase("\r\nVary: Accept-Encoding\r\n");
            assertThat(header(same, "ETag")).isEqualTo("\"7-gzip\"");
            assertThat(plain).startsWith("HTTP/1.1 304");
            assertThat(header(plain, "ETag")).isEqualTo("\"7\"");
            assertThat(written).endsWith("\r\n\r\n\"7\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/", "/problems", "/problems/email-taken", "/docs", "/assets/portal.css", "/api/users/tagged"
                })
        void isNoMatterForAnyTag(String path) throws IOException {
            assertThat(get(path, "If-None-Match: *\r\nAccept-Encoding: gzip\r\n"))
                    .startsWith("HTTP/1.1 304")
                    .endsWith("\r\n\r\n");
            assertThat(get("/nothing", "If-None-Match: *\r\n")).startsWith("HTTP/1.1 404");
        }

        @ParameterizedTest
        @ValueSource(strings = {"bytes=0-10", "bytes=99999999-", "bytes=x", "lines=1-2"})
        void comesWithoutRanges(String range) throws IOException {
            assertThat(get("/assets/portal.css", "Range: " + range + "\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    private String host() {
        return "Host: localhost:%d\r\nAuthorization: %s\r\n".formatted(port, BEARER);
    }

    private String get(String path, String headers) throws IOException {
        return answerTo("GET " + path + " HTTP/1.1\r\n" + host() + "Connection: close\r\n" + headers + "\r\n");
    }

    /** Reads until the connection is closed; after a refusal the server may reset it. */
    private String answerTo(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            byte[] part = new byte[8192];
            try {
                for (int read = socket.getInputStream().read(part);
                        read >= 0;
                        read = socket.getInputStream().read(part)) {
                    answer.append(new String(part, 0, read, ISO_8859_1));
                }
            } catch (IOException e) {
                assertThat(answer).as("answer before a reset").isNotEmpty();
            }
            return answer.toString();
        }
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    /** The access log's line is written after the response. */
    private String accessLineOf(@Nullable String requestId) {
        assertThat(requestId).isNotEmpty();
        return await().until(
                        () -> logged.stream()
                                .filter(line -> line.getLoggerName().equals(ACCESS_LOG))
                                .map(ILoggingEvent::getFormattedMessage)
                                .filter(line -> line.contains("request " + requestId + ","))
                                .findFirst()
                                .orElse(""),
                        line -> !line.isEmpty());
    }
}
