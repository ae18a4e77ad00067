package dev.herald.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Routes to a real HTTP server; the registry's place is taken by Spring Cloud's list of instances in properties. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "management.server.port=0",
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s"
        })
@AutoConfigureWebTestClient
@ActiveProfiles("local")
class RoutingTest {

    private static final CountDownLatch END = new CountDownLatch(1);

    private static final HttpServer USER_SERVICE = start();

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        String instances = "spring.cloud.discovery.client.simple.instances.";
        properties.add(
                instances + "user-service[0].uri",
                () -> "http://localhost:" + USER_SERVICE.getAddress().getPort());
        // An instance that is listed and gone; notification-service is not listed at all.
        properties.add(
                instances + "post-service[0].uri", () -> "http://localhost:" + TestSocketUtils.findAvailableTcpPort());
    }

    @Autowired
    private WebTestClient http;

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", RoutingTest::echo);
            server.createContext("/api/users/slow", exchange -> awaitTheEnd());
            server.createContext(
                    "/api/users/taken", exchange -> answer(exchange, 409, "application/problem+json", "{}"));
            server.createContext("/api/users/cut", HttpExchange::close);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "text/plain", exchange.getRequestMethod() + " " + exchange.getRequestURI());
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }

    private static void awaitTheEnd() {
        try {
            END.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        END.countDown();
        USER_SERVICE.stop(0);
    }

    @Nested
    class Routes {

        @ParameterizedTest
        @ValueSource(strings = {"/api/users", "/api/users/1?include=x", "/api/auth/login", "/.well-known/jwks.json"})
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
                    "/",
                    "/api",
                    "/api/nothing",
                    "/actuator",
                    "/actuator/health",
                    "/eureka/apps",
                    "/internal/x",
                    "/user-service/api/users"
                })
        void leadNowhereElse(String path) {
            problem(path, 404, "not-found");
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
