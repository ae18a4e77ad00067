package dev.herald.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.herald.platform.testing.RealRedis;
import dev.herald.platform.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Routes to a real HTTP server; Spring Cloud's instances in properties take the place of the registry. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "management.server.port=0",
            // The first request of a JVM takes longer than the default of 5 s while other builds use the processors.
            "spring.test.webtestclient.timeout=30s",
            // On these platforms Boot trusts {@code X-Forwarded-*} of every caller, unless this is set.
            "spring.main.cloud-platform=kubernetes",
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s",
            "herald.gateway.client.trusted-proxies=127.0.0.1,192.0.2.0/24",
            "herald.gateway.body-timeout=500ms",
            // Refilled more slowly than a client spends it.
            "herald.gateway.limits.credentials.rate=1",
            "herald.gateway.limits.anonymous.rate=10",
            "herald.gateway.limits.signed-in.rate=10"
        })
@AutoConfigureWebTestClient
@ActiveProfiles("local")
abstract class GatewayTest {

    private static final HttpServer USER_SERVICE = start();

    private static final HttpServer POST_SERVICE = startToBreakOff();

    static final String BEARER = TestTokens.bearer(UUID.randomUUID());

    /** Larger than one network buffer. */
    static final String LARGE = "x".repeat(200_000);

    /** The number of requests that have reached the service. */
    static final AtomicInteger REACHED = new AtomicInteger();

    /** The bodies of the requests that would use a token. */
    static final Queue<JsonNode> USED_TOKENS = new ConcurrentLinkedQueue<>();

    /** The number of responses that the service has broken off. */
    static final AtomicInteger BROKEN_OFF = new AtomicInteger();

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add("spring.data.redis.url", RealRedis::url);
        String instances = "spring.cloud.discovery.client.simple.instances.";
        properties.add(
                instances + "user-service[0].uri",
                () -> "http://localhost:" + USER_SERVICE.getAddress().getPort());
        // A registered instance that does not run; notification-service is not registered at all.
        properties.add(
                instances + "user-service[1].uri", () -> "http://localhost:" + TestSocketUtils.findAvailableTcpPort());
        properties.add(
                instances + "post-service[0].uri",
                () -> "http://localhost:" + POST_SERVICE.getAddress().getPort());
    }

    @Autowired
    WebTestClient anonymous;

    WebTestClient http;

    @BeforeEach
    void callAsAUser() {
        http = anonymous.mutate().defaultHeader("Authorization", BEARER).build();
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", GatewayTest::echo);
            server.createContext(
                    "/.well-known/jwks.json",
                    exchange -> answer(exchange, 200, "application/json", TestTokens.publicKeys()));
            server.createContext("/api/auth/login", GatewayTest::countBody);
            server.createContext("/api/users/slow", exchange -> {});
            server.createContext(
                    "/api/users/taken", exchange -> answer(exchange, 409, "application/problem+json", "{}"));
            server.createContext(
                    "/api/users/page", exchange -> answer(exchange, 400, "text/html", "<html>Apache Tomcat</html>"));
            server.createContext("/api/users/bare", exchange -> bare(exchange, 405, "GET, PUT"));
            server.createContext("/api/users/tagged", GatewayTest::tagged);
            server.createContext("/api/auth/refresh", GatewayTest::tokens);
            server.createContext("/api/users/linked", GatewayTest::linked);
            for (String operation : List.of("verify-email", "reset-password", "confirm-email", "undo-email-change")) {
                server.createContext("/api/auth/" + operation, GatewayTest::useToken);
            }
            server.createContext("/api/users/cut", GatewayTest::breakOff);
            server.createContext("/api/users/half", exchange -> half(exchange, 1_000));
            server.createContext("/api/users/large", exchange -> answer(exchange, 200, "text/plain", LARGE));
            server.createContext(
                    "/api/users/traced",
                    exchange -> answer(
                            exchange,
                            200,
                            "text/plain",
                            exchange.getRequestHeaders().getFirst("traceparent")));
            server.createContext(
                    "/api/users/forwarded",
                    exchange -> answer(
                            exchange,
                            200,
                            "text/plain",
                            String.valueOf(exchange.getRequestHeaders().get("X-Forwarded-For"))));
            server.createContext(
                    "/api/users/long",
                    exchange -> answer(exchange, 200, "application/json", "\"" + "x".repeat(2000) + "\""));
            server.createContext(
                    "/api/users/headers",
                    exchange -> answer(
                            exchange,
                            200,
                            "text/plain",
                            String.join("\n", exchange.getRequestHeaders().keySet())));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list with one post. */
    private static HttpServer startToBreakOff() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", GatewayTest::breakOff);
            server.createContext("/api/posts/well", GatewayTest::echo);
            server.createContext("/api/posts/slow", exchange -> {});
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What user-service answers to the token of a mailed link; the token names the answer. */
    private static void useToken(HttpExchange exchange) throws IOException {
        JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        USED_TOKENS.add(body);
        String token = body.get("token").asString();
        if (token.startsWith("good")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            int status = Integer.parseInt(token.substring(0, 3));
            answer(exchange, status, "application/problem+json", """
                    {"status": %d, "code": "x", "errors": [{"field": "newPassword", "message": "must be <longer>"}]}
                    """.formatted(status));
        }
    }

    /** A status without a body. */
    private static void bare(HttpExchange exchange, int status, String allow) throws IOException {
        exchange.getResponseHeaders().add("Allow", allow);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** A long resource with the tag {@code "7"}. */
    private static void tagged(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("ETag", "\"7\"");
        exchange.getResponseHeaders().add("Vary", "Authorization");
        if ("\"7\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        } else if (exchange.getRequestMethod().equals("PUT")) {
            answer(
                    exchange,
                    200,
                    "application/json",
                    exchange.getRequestHeaders().getFirst("If-Match"));
        } else {
            answer(exchange, 200, "application/json", "\"" + "x".repeat(2000) + "\"");
        }
    }

    private static void tokens(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Cache-Control", "no-store");
        answer(exchange, 200, "application/json", "\"" + "x".repeat(2000) + "\"");
    }

    private static void linked(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", "/api/users/8");
        exchange.getResponseHeaders().add("Link", "</api/users?cursor=x>; rel=\"next\"");
        answer(exchange, 201, "application/json", "{}");
    }

    private static void breakOff(HttpExchange exchange) {
        BROKEN_OFF.incrementAndGet();
        exchange.close();
    }

    /** Sends a content length of this many bytes, and closes the connection after half of them. */
    private static void half(HttpExchange exchange, int announced) throws IOException {
        exchange.sendResponseHeaders(200, announced);
        exchange.getResponseBody().write(new byte[announced / 2]);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    static void echo(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                "text/plain",
                "%s %s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI(),
                                exchange.getRequestHeaders().getFirst("API-Version"))
                        .replace(" null", ""));
    }

    private static void countBody(HttpExchange exchange) throws IOException {
        int length = exchange.getRequestBody().readAllBytes().length;
        if (exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 200, "text/plain", Integer.toString(length));
        } else {
            echo(exchange);
        }
    }

    static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        REACHED.incrementAndGet();
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }
}
