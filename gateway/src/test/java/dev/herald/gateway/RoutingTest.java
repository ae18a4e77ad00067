package dev.herald.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.TestTokens;
import dev.herald.platform.testing.TokenAttack;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

/** The routes, and the responses if a route has no service. */
class RoutingTest extends GatewayTest {

    @Nested
    class Routes {

        @ParameterizedTest
        @ValueSource(strings = {"/api/users", "/api/users/1?include=x", "/api/auth/login", "/api/users/1/roles"})
        void leadToTheServiceThatOwnsThePath(String path) {
            http.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo("GET " + path);
        }

        @Test
        void passALargeAnswerOn() {
            http.get()
                    .uri("/api/users/large")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo(LARGE);
        }

        @Test
        void passAServicesOwnProblemOn() {
            http.get()
                    .uri("/api/users/taken")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(409)
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api",
                    "/api/nothing",
                    "/api/v1",
                    "/api/v1/nothing",
                    "/api/users/1/nothing",
                    "/api/users/",
                    "/api/auth/nothing",
                    "/v3/api-docs",
                    "/actuator",
                    "/actuator/health",
                    "/eureka/apps",
                    "/internal/x",
                    "/problems/nothing",
                    "/docs/index.html",
                    "/docs/nothing.js",
                    "/assets/nothing.js",
                    "/user-service/api/users"
                })
        void leadNowhereElse(String path) {
            problem(path, 404, "not-found");
        }
    }

    @Nested
    class Bodies {

        private static final int MOST = 1024 * 1024;

        @Test
        void mayHaveAMebibyte() {
            send(BodyInserters.fromValue(new byte[MOST]))
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo("" + MOST);
            send(chunked(MOST)).expectStatus().isOk().expectBody(String.class).isEqualTo("" + MOST);
        }

        @Test
        void mayNotHaveAByteMore() {
            send(BodyInserters.fromValue(new byte[MOST + 1]))
                    .expectStatus()
                    .isEqualTo(413)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("content-too-large");
            send(chunked(MOST + 1))
                    .expectStatus()
                    .isEqualTo(413)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("content-too-large");
        }

        private static BodyInserter<?, ? super ClientHttpRequest> chunked(int length) {
            return BodyInserters.fromPublisher(Flux.just(new byte[length - 1], new byte[1]), byte[].class);
        }

        private WebTestClient.ResponseSpec send(BodyInserter<?, ? super ClientHttpRequest> body) {
            return http.post()
                    .uri("/api/auth/login")
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .body(body)
                    .exchange();
        }
    }

    @Nested
    class Traces {

        private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
        private static final String CALLER = "b7ad6b7169203331";

        @Test
        void goOnBehindTheGateway() {
            String passedOn = traced("/api/users/traced")
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(passedOn).matches("00-" + TRACE + "-[0-9a-f]{16}-01").doesNotContain(CALLER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/nothing", "/api/notifications"})
        void areNamedInProblems(String path) {
            traced(path).expectBody().jsonPath("$.traceId").isEqualTo(TRACE);
        }

        @Test
        void areNamedInRefusals() {
            anonymous
                    .get()
                    .uri("/api/users")
                    .header("traceparent", "00-%s-%s-01".formatted(TRACE, CALLER))
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectBody()
                    .jsonPath("$.traceId")
                    .isEqualTo(TRACE);
        }

        private WebTestClient.ResponseSpec traced(String path) {
            return http.get()
                    .uri(path)
                    .header("traceparent", "00-%s-%s-01".formatted(TRACE, CALLER))
                    .exchange();
        }
    }

    @Nested
    class Problems {

        @ParameterizedTest
        @CsvSource({
            "/api/notifications, 503, upstream-unavailable",
            "/api/posts, 503, upstream-unavailable",
            "/api/users/7/posts, 503, upstream-unavailable",
            "/api/users/cut, 503, upstream-unavailable",
            "/api/users/half, 503, upstream-unavailable",
            "/api/users/slow, 504, upstream-timeout"
        })
        void sayWhatIsWrongBehindTheGateway(String path, int status, String code) {
            problem(path, status, code);
        }

        @Test
        void areTheSameForEveryMethod() {
            http.method(HttpMethod.POST)
                    .uri("/api/posts")
                    .bodyValue("{}")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        }
    }

    @Nested
    class Failures {

        @Autowired
        private CircuitBreakerRegistry breakers;

        @BeforeEach
        @AfterEach
        void forgetOthers() {
            breakers.circuitBreaker("posts").reset();
        }

        @Test
        void ofAWriteThatBrokeOffAreNotTriedAgain() {
            int before = BROKEN_OFF.get();

            breakOff();

            assertThat(BROKEN_OFF).hasValue(before + 1);
        }

        @Test
        void openTheRoutesCircuitBreakerForASecond() {
            for (int failure = 0; failure < 5; failure++) {
                breakOff();
            }

            // Without any call.
            await().until(() -> breakers.circuitBreaker("posts").getState() == CircuitBreaker.State.HALF_OPEN);
            http.get().uri("/api/posts/well").exchange().expectStatus().isOk();
        }

        @Test
        void areNotSentToTheServiceWhileItsBreakerIsOpen() {
            breakOff();
            breakers.circuitBreaker("posts").transitionToForcedOpenState();
            int before = REACHED.get();

            problem("/api/posts/well", 503, "upstream-unavailable");

            assertThat(REACHED).hasValue(before);
            http.get().uri("/api/users").exchange().expectStatus().isOk();
        }

        @Test
        void spareAServiceWhoseOnlyInstanceDoesNotAnswer() {
            http.get().uri("/api/posts/well").exchange().expectStatus().isOk();
            problem("/api/posts/slow", 504, "upstream-timeout");
            breakers.circuitBreaker("posts").transitionToForcedOpenState();

            problem("/api/posts/well", 503, "upstream-unavailable");
        }

        /** A write that the service reads, after which it closes the connection without a response. */
        private void breakOff() {
            http.post()
                    .uri("/api/posts")
                    .bodyValue("{}")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503);
        }
    }

    @Nested
    class Versions {

        @Test
        void ofThePathBecomeAHeader() {
            http.get()
                    .uri(uri -> uri.path("/api/v1/users/{id}")
                            .queryParam("x", "{x}")
                            .build("a b", "ä"))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo("GET /api/users/a%20b?x=%C3%A4 1");
        }

        @Test
        void ofPathAndHeaderMustAgree() {
            http.get()
                    .uri("/api/v1/users")
                    .header("API-Version", "1")
                    .exchange()
                    .expectStatus()
                    .isOk();
            http.get()
                    .uri("/api/v1/users")
                    .header("API-Version", "2")
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("unsupported-api-version");
        }
    }

    @Nested
    class Tokens {

        @ParameterizedTest
        @MethodSource("dev.herald.gateway.RoutingTest#attacks")
        void thatAreNotGoodAreRefusedAtTheEdge(TokenAttack attack) {
            http.get()
                    .uri("/api/users")
                    .headers(headers -> headers.setBearerAuth(attack.token()))
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .value(
                            "WWW-Authenticate",
                            challenge -> assertThat(challenge).startsWith("Bearer error=\"invalid_token\""))
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo(attack.code());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/users", "/api/v1/users", "/api/auth/logout", "/api/posts", "/api/notifications"})
        void areAskedForWhereARouteLeads(String path) {
            anonymous
                    .get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .valueEquals("WWW-Authenticate", "Bearer")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("authentication-required");
        }

        @ParameterizedTest
        @CsvSource({
            "POST, /api/users",
            "POST, /api/v1/users",
            "POST, /api/auth/login",
            "POST, /api/auth/refresh",
            "GET, /.well-known/jwks.json"
        })
        void areIgnoredOnPublicEndpoints(String method, String path) {
            for (String authorization : List.of("Bearer nonsense", "Bearer", "Basic YTpi")) {
                http.method(HttpMethod.valueOf(method))
                        .uri(path)
                        .headers(headers -> headers.set("Authorization", authorization))
                        .exchange()
                        .expectStatus()
                        .isOk();
            }
        }

        @Test
        void mayBeTooLarge() {
            http.get()
                    .uri("/api/users")
                    .headers(headers -> headers.setBearerAuth("x".repeat(100_000)))
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(400, 431));
        }
    }

    static Stream<TokenAttack> attacks() {
        return TokenAttack.on(TestTokens.key());
    }

    private void problem(String path, int status, String code) {
        byte[] body = http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.type")
                .isEqualTo("/problems/" + code)
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.instance")
                .isEqualTo(path)
                .jsonPath("$.traceId")
                .isNotEmpty()
                .returnResult()
                .getResponseBody();
        assertThat(new String(body == null ? new byte[0] : body, UTF_8))
                .doesNotContain("Exception", "localhost", "127.0.0.1", "java");
    }
}
