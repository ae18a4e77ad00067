package dev.herald.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The headers that the gateway adds to every response, and the paths that it does not serve. */
class EdgeTest extends GatewayTest {

    @LocalServerPort
    private int port;

    @Nested
    class ForwardedFor {

        @Test
        void namesTheClientAloneWhateverWasSent() {
            assertThat(forwarded("X-Forwarded-For", "203.0.113.9, 198.51.100.20"))
                    .isEqualTo("[198.51.100.20]");
            assertThat(forwarded("X-Forwarded-For", "nonsense")).isEqualTo("[127.0.0.1]");
            assertThat(forwarded("Forwarded", "for=203.0.113.9")).isEqualTo("[127.0.0.1]");
            assertThat(forwarded("Accept", "*/*")).isEqualTo("[127.0.0.1]");
        }

        private String forwarded(String header, String value) {
            return String.valueOf(http.get()
                    .uri("/api/users/forwarded")
                    .header(header, value)
                    .exchange()
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody());
        }
    }

    @Nested
    class Limits {

        /** More requests than any limit allows. */
        private static final int MANY = 500;

        @Test
        void areReportedInEveryResponse() {
            anonymous
                    .get()
                    .uri("/api/users")
                    .headers(headers -> headers.setBearerAuth(newToken()))
                    .exchange()
                    .expectHeader()
                    .valueEquals("RateLimit-Policy", "\"default\";q=200;w=20")
                    .expectHeader()
                    .valueEquals("RateLimit", "\"default\";r=199;t=1");
            logInFrom("198.51.100.10")
                    .expectHeader()
                    .valueEquals("RateLimit-Policy", "\"default\";q=60;w=60")
                    .expectHeader()
                    .valueEquals("RateLimit", "\"default\";r=59;t=1");
        }

        @Test
        void areOneAddressesForCredentials() {
            EntityExchangeResult<byte[]> refusal = IntStream.range(0, MANY)
                    .mapToObj(attempt -> logInFrom("198.51.100.11").expectBody().returnResult())
                    .filter(answer -> answer.getStatus().value() != 200)
                    .findFirst()
                    .orElseThrow();

            assertThat(refusal.getStatus().value()).isEqualTo(429);
            assertThat(refusal.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                    .isEqualTo("1");
            assertThat(refusal.getResponseHeaders().getFirst("RateLimit")).startsWith("\"default\";r=0;t=");
            assertThat(new String(refusal.getResponseBodyContent(), US_ASCII)).contains("\"code\":\"rate-limited\"");
            logInFrom("198.51.100.12").expectStatus().isOk();
            // The same path in another spelling. One token may have returned meanwhile.
            assertThat(IntStream.range(0, 5).map(attempt -> statusOfLogin("/api/auth/logi%6e", "198.51.100.11")))
                    .contains(429);
            // What the caller claims comes before what the proxy has added.
            assertThat(IntStream.range(0, 5)
                            .mapToObj(attempt -> logInFrom("203.0.113.%d, 198.51.100.11".formatted(attempt))
                                    .expectBody()
                                    .returnResult()
                                    .getStatus()
                                    .value()))
                    .contains(429);
        }

        @Test
        void areOneUsersForAllElse() {
            String token = newToken();

            int last = IntStream.range(0, MANY)
                    .map(attempt -> statusFor(token))
                    .filter(status -> status != 200)
                    .findFirst()
                    .orElseThrow();

            assertThat(last).isEqualTo(429);
            assertThat(statusFor(newToken())).isEqualTo(200);
        }

        @Test
        void areForTheAddressWithoutAToken() {
            callFrom("198.51.100.13", null)
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .valueEquals("RateLimit-Policy", "\"default\";q=100;w=10")
                    .expectHeader()
                    .valueEquals("RateLimit", "\"default\";r=99;t=1");
        }

        @Test
        void doNotApplyToTheManagementPort(@LocalManagementPort int operations) {
            WebTestClient.bindToServer()
                    .baseUrl("http://localhost:" + operations)
                    .build()
                    .get()
                    .uri("/actuator/info")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("RateLimit");
            anonymous
                    .get()
                    .uri("/api/users")
                    .header("X-Forwarded-Host", "localhost")
                    .header("X-Forwarded-Port", Integer.toString(operations))
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .exists("RateLimit");
        }

        @Test
        void areSpentByTokensThatAreNotGood() {
            int last = IntStream.range(0, MANY)
                    .map(attempt -> callFrom("198.51.100.14", "nonsense-" + attempt)
                            .expectBody()
                            .returnResult()
                            .getStatus()
                            .value())
                    .filter(status -> status != 401)
                    .findFirst()
                    .orElseThrow();

            assertThat(last).isEqualTo(429);
            callFrom("198.51.100.15", "nonsense").expectStatus().isUnauthorized();
        }

        private WebTestClient.ResponseSpec callFrom(String address, @Nullable String token) {
            return anonymous
                    .get()
                    .uri("/api/users")
                    .header("X-Forwarded-For", address)
                    .headers(headers -> {
                        if (token != null) {
                            headers.setBearerAuth(token);
                        }
                    })
                    .exchange();
        }

        private int statusFor(String token) {
            return anonymous
                    .get()
                    .uri("/api/users")
                    .headers(headers -> headers.setBearerAuth(token))
                    .exchange()
                    .expectBody()
                    .returnResult()
                    .getStatus()
                    .value();
        }

        private String newToken() {
            return TestTokens.bearer(UUID.randomUUID()).substring("Bearer ".length());
        }

        private int statusOfLogin(String path, String address) {
            return anonymous
                    .post()
                    .uri(URI.create("http://localhost:" + port + path))
                    .header("X-Forwarded-For", address)
                    .exchange()
                    .expectBody()
                    .returnResult()
                    .getStatus()
                    .value();
        }

        private WebTestClient.ResponseSpec logInFrom(String address) {
            return anonymous
                    .post()
                    .uri("/api/auth/login")
                    .header("X-Forwarded-For", address)
                    .exchange();
        }
    }

    @Nested
    class Origins {

        @ParameterizedTest
        @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1:5173"})
        void thatAreAllowedMayCallAndSeeTheHeaders(String origin) {
            anonymous
                    .options()
                    .uri("/api/users/1")
                    .header(HttpHeaders.ORIGIN, origin)
                    .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "PUT")
                    .header(
                            HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS,
                            "authorization,if-match,x-herald-token-transport")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .expectHeader()
                    .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            http.get()
                    .uri("/api/users/1")
                    .header(HttpHeaders.ORIGIN, origin)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .value(
                            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                            exposed -> assertThat(exposed.split(", "))
                                    .containsExactlyInAnyOrder(
                                            "ETag",
                                            "Link",
                                            "Location",
                                            "Retry-After",
                                            "RateLimit",
                                            "RateLimit-Policy",
                                            "X-Request-Id",
                                            "Idempotency-Replayed",
                                            "traceresponse"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example",
                    "http://localhost.evil.example",
                    "null",
                    "http://localhost:99999999999",
                    "http://localhost:{port}",
                    "http://a b",
                    "http://["
                })
        void thatAreNotAreRefused(String origin) {
            int before = REACHED.get();
            http.get()
                    .uri("/api/users/1")
                    .header(HttpHeaders.ORIGIN, origin)
                    .exchange()
                    .expectStatus()
                    .isForbidden()
                    .expectHeader()
                    .valueEquals("X-Content-Type-Options", "nosniff")
                    .expectHeader()
                    .exists("Content-Security-Policy")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("origin-not-allowed")
                    .jsonPath("$.detail")
                    .value(detail -> assertThat(detail.toString()).contains(origin, "HERALD_CORS_ORIGINS"));
            assertThat(REACHED).hasValue(before);
        }

        @Test
        void mayNotSendWhatIsNotAllowed() {
            anonymous
                    .options()
                    .uri("/api/users/1")
                    .header(HttpHeaders.ORIGIN, "http://127.0.0.1:5173")
                    .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "PATCH")
                    .exchange()
                    .expectStatus()
                    .isForbidden()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("forbidden")
                    .jsonPath("$.detail")
                    .value(detail -> assertThat(detail.toString()).contains("PATCH"));
        }
    }

    @Nested
    class Answers {

        @Test
        void tellTheBrowserWhatIsSafe() {
            http.get()
                    .uri("/api/users/1")
                    .exchange()
                    .expectHeader()
                    .valueEquals("X-Content-Type-Options", "nosniff")
                    .expectHeader()
                    .valueEquals("X-Frame-Options", "DENY")
                    .expectHeader()
                    .valueEquals("Referrer-Policy", "no-referrer")
                    .expectHeader()
                    .exists("Content-Security-Policy")
                    .expectHeader()
                    .doesNotExist("Strict-Transport-Security");
            http.get()
                    .uri("/api/users/1")
                    .header("X-Forwarded-Proto", "https")
                    .exchange()
                    .expectHeader()
                    .exists("Strict-Transport-Security");
        }

        @Test
        void areCompressedWhenTheyAreLong() throws IOException, InterruptedException {
            assertThat(encodingOf("/api/users/long")).contains("gzip");
            assertThat(encodingOf("/api/users/1")).isEmpty();
        }

        /** Not Spring's client, which decompresses without showing it. */
        private Optional<String> encodingOf(String path) throws IOException, InterruptedException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(
                                HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
                                        .header(HttpHeaders.AUTHORIZATION, BEARER)
                                        .header(HttpHeaders.ACCEPT_ENCODING, "gzip")
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .headers()
                        .firstValue(HttpHeaders.CONTENT_ENCODING);
            }
        }

        @Test
        void carryTheRequestsId() {
            http.get()
                    .uri("/api/users/1")
                    .header("X-Request-Id", "order-7/2")
                    .exchange()
                    .expectHeader()
                    .valueEquals("X-Request-Id", "order-7/2");
            http.get()
                    .uri("/api/nothing")
                    .header("X-Request-Id", "no good \"id\"")
                    .exchange()
                    .expectHeader()
                    .value(
                            "X-Request-Id",
                            id -> assertThat(UUID.fromString(id).version()).isEqualTo(7));
        }
    }

    /** The JDK's client offers the upgrade with its first request, and curl with {@code --http2}. */
    @Nested
    class UpgradesToHttp2 {

        private static final int MOST = 1024 * 1024;

        @Test
        void areTakenUpWithAndWithoutABody() throws IOException, InterruptedException {
            int before = REACHED.get();

            HttpResponse<String> read = send(request("/api/users").GET());
            HttpResponse<String> written = send(logIn(MOST));

            assertThat(read.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(read.body()).isEqualTo("GET /api/users");
            assertThat(written.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(written.body()).isEqualTo("" + MOST);
            assertThat(REACHED).hasValue(before + 2);
        }

        @Test
        void bringNoLongerBodies() throws IOException, InterruptedException {
            int before = REACHED.get();

            // Sends {@code Expect: 100-continue}, because a client that is refused while it sends may lose the response
            // with the connection.
            HttpResponse<String> refused = send(logIn(MOST + 1).expectContinue(true));

            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("\"code\":\"content-too-large\"");
            assertThat(REACHED).hasValue(before);
        }

        private HttpRequest.Builder logIn(int length) {
            return request("/api/auth/login").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[length]));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
                    .header("X-Forwarded-For", "198.51.100.20")
                    .header(HttpHeaders.AUTHORIZATION, BEARER);
        }

        /** Sends the request on a new connection. */
        private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            }
        }
    }

    @Test
    void onlyWhatServicesNeedIsPassedOn() {
        assertThat(http.get()
                        .uri("/api/users/headers")
                        .header("X-Forwarded-For", "198.51.100.77")
                        .header("X-Forwarded-Prefix", "/x")
                        .header("Forwarded", "for=198.51.100.77")
                        .header("TE", "trailers")
                        .header("Proxy-Authorization", "Basic eDp5")
                        .header("Connection", "X-Hop")
                        .header("X-Hop", "1")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains("Authorization", "X-request-id", "X-forwarded-for")
                .doesNotContainIgnoringCase(
                        "\nForwarded", "X-Forwarded-Prefix", "\nTE\n", "Proxy-Authorization", "X-Hop");
    }

    @Nested
    class Nonsense {

        private int before;

        @BeforeEach
        void count() {
            before = REACHED.get();
        }

        static Stream<Arguments> requests() {
            return Stream.of(
                    Arguments.of("GET /api/users/../../actuator HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("GET /api/users/%2e%2e/%2e%2e/actuator HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("GET /api%2Fusers HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("GET //api/users HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("GET /api//users HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("GET /api/..;/users HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("GET /api/users%00 HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("GET /api\\users HTTP/1.1\r\n", 400, "malformed-request"),
                    Arguments.of("TRACE /api/users HTTP/1.1\r\n", 405, "method-not-allowed"),
                    Arguments.of(
                            "GET /api/users HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
                            400,
                            "malformed-request"),
                    Arguments.of(
                            "POST /api/auth/login HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 5\r\n",
                            400,
                            "malformed-request"),
                    Arguments.of(
                            "POST /api/auth/login HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                            400,
                            "malformed-request"),
                    Arguments.of(
                            "POST /api/auth/login HTTP/1.1\r\nTransfer-Encoding: identity, chunked, x\r\n",
                            400,
                            "malformed-request"),
                    Arguments.of(
                            "GET /api/users HTTP/1.1\r\nX: %s\r\n".formatted("x".repeat(64 * 1024)),
                            431,
                            "headers-too-large"),
                    Arguments.of(
                            "GET /api/users?%s HTTP/1.1\r\n".formatted("x".repeat(64 * 1024)), 414, "uri-too-long"));
        }

        @ParameterizedTest
        @MethodSource("requests")
        void isSentToNoService(String request, int status, String code) throws IOException {
            assertThat(answerTo(request))
                    .startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("content-type: application/problem+json")
                    .containsIgnoringCase("x-content-type-options: nosniff")
                    .contains("\"code\":\"%s\"".formatted(code));
            assertThat(REACHED).hasValue(before);
        }

        @Test
        void isNotWaitedForForEver() throws IOException {
            try (Socket slow = new Socket("localhost", port)) {
                slow.getOutputStream()
                        .write(
                                "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{"
                                        .getBytes(US_ASCII));
                assertThat(new String(slow.getInputStream().readAllBytes(), US_ASCII))
                        .startsWith("HTTP/1.1 408")
                        .contains("\"code\":\"request-timeout\"");
            }
        }

        @Test
        void thatBreaksOffIsNoFailureOfTheService() throws IOException {
            for (int caller = 0; caller < 20; caller++) {
                try (Socket half = new Socket("localhost", port)) {
                    half.getOutputStream()
                            .write(
                                    "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 198.51.100.%d\r\nContent-Length: 100\r\n\r\n{"
                                            .formatted(100 + caller)
                                            .getBytes(US_ASCII));
                    // Some connections end with a reset.
                    half.setSoLinger(true, 0);
                }
            }
            http.get().uri("/api/users").exchange().expectStatus().isOk();
        }

        @Test
        void doesNotDelayOtherDomains() throws IOException {
            List<Socket> idle = new ArrayList<>();
            try {
                for (int connection = 0; connection < 100; connection++) {
                    idle.add(new Socket("localhost", port));
                }
                http.get().uri("/api/users").exchange().expectStatus().isOk();
            } finally {
                for (Socket socket : idle) {
                    socket.close();
                }
            }
        }

        /**
         * Reads to the end of the problem document: a server that refuses before it has read everything resets the
         * connection after it.
         */
        private String answerTo(String request) throws IOException {
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream()
                        .write((request + "Host: localhost\r\nAuthorization: %s\r\n\r\n0\r\n\r\n".formatted(BEARER))
                                .getBytes(US_ASCII));
                StringBuilder answer = new StringBuilder();
                int next;
                do {
                    next = socket.getInputStream().read();
                    answer.append((char) next);
                } while (next >= 0 && next != '}');
                return answer.toString();
            }
        }
    }
}
