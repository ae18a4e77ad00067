package dev.herald.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.HttpServerErrorException;
import tools.jackson.databind.json.JsonMapper;

/** Tests the client as an application uses it, against a server with prepared answers. */
class HeraldClientTest {

    private static final UUID ID = UUID.fromString("0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d");
    private static final String USER = """
        {"id": "%s", "name": "Ada", "createdAt": "2026-01-05T09:30:00Z", "updatedAt": "2026-01-05T09:30:00Z", "new": 1}
        """.formatted(ID);
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer herald;

    record Answer(int status, String type, String body) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class Application {}

    @BeforeEach
    void start() throws IOException {
        herald = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        herald.createContext("/", this::answer);
        herald.start();
    }

    @AfterEach
    void stop() {
        herald.stop(0);
    }

    @Test
    void readsATypedAnswerAndIgnoresFieldsThatItDoesNotKnow() {
        answers.add(new Answer(200, JSON, USER));

        run(context -> {
            UserClient.User user = context.getBean(UserClient.class).read(ID);
            assertThat(user.name()).isEqualTo("Ada");
            assertThat(user.email()).isEmpty();
        });

        assertThat(requests).containsExactly("GET /api/users/" + ID + " null ");
    }

    @Test
    void throwsTheProblemWithItsCode() {
        answers.add(new Answer(400, PROBLEM, """
            {"type": "/problems/validation-failed", "title": "Validation failed", "status": 400, "detail": "Wrong.",
             "instance": "/api/users", "code": "validation-failed", "traceId": "abc",
             "errors": [{"field": "name", "code": "too-long", "message": "is too long", "params": {"max": 100}}]}\
            """));

        run(context -> assertThatExceptionOfType(HeraldProblem.class)
                .isThrownBy(() ->
                        context.getBean(UserClient.class).register("k", new UserClient.RegisterUser("A", "b", "c")))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("validation-failed");
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.traceId()).contains("abc");
                    assertThat(problem.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.code()).isEqualTo("too-long"));
                    assertThat(problem).hasNoCause();
                }));
    }

    @Test
    void marksWhatMaySucceedLaterAsAnOutage() {
        answers.add(new Answer(503, PROBLEM, """
            {"title": "Overloaded", "status": 503, "detail": "Later.", "code": "overloaded"}\
            """));
        answers.add(new Answer(502, "text/html", "<h1>Bad gateway</h1>"));

        run(context -> {
            UserClient users = context.getBean(UserClient.class);
            assertThatExceptionOfType(HeraldProblem.class)
                    .isThrownBy(() -> users.read(ID))
                    .withCauseInstanceOf(IOException.class);
            assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(() -> users.read(ID));
        });
    }

    @Test
    void logsInOnceAndAgainWhenTheSessionHasEnded() {
        String refused = """
            {"title": "t", "status": 401, "detail": "d", "code": "%s"}\
            """;
        answers.add(new Answer(200, JSON, tokens("first", 900)));
        answers.add(new Answer(200, JSON, USER));
        answers.add(new Answer(401, PROBLEM, refused.formatted("token-revoked")));
        answers.add(new Answer(401, PROBLEM, refused.formatted("refresh-token-invalid")));
        answers.add(new Answer(200, JSON, tokens("second", 900)));
        answers.add(new Answer(200, JSON, USER));

        run(
                context -> {
                    context.getBean(UserClient.class).read(ID);
                    context.getBean(UserClient.class).read(ID);
                },
                "herald.client.email=a@example.com",
                "herald.client.password=correct horse 42");

        String read = "GET /api/users/" + ID;
        assertThat(requests)
                .containsExactly(
                        "POST /api/auth/login null {\"email\":\"a@example.com\",\"password\":\"correct horse 42\"}",
                        read + " Bearer first ",
                        read + " Bearer first ",
                        "POST /api/auth/refresh null {\"refreshToken\":\"refresh-first\"}",
                        "POST /api/auth/login null {\"email\":\"a@example.com\",\"password\":\"correct horse 42\"}",
                        read + " Bearer second ");
    }

    @Test
    void refreshesATokenBeforeItExpires() {
        answers.add(new Answer(200, JSON, tokens("short", 30)));
        answers.add(new Answer(200, JSON, USER));
        answers.add(new Answer(200, JSON, tokens("long", 900)));
        answers.add(new Answer(200, JSON, USER));

        run(
                context -> {
                    context.getBean(UserClient.class).read(ID);
                    context.getBean(UserClient.class).read(ID);
                },
                "herald.client.email=a@example.com",
                "herald.client.password=correct horse 42");

        assertThat(requests.get(2)).isEqualTo("POST /api/auth/refresh null {\"refreshToken\":\"refresh-short\"}");
        assertThat(requests.getLast()).contains("Bearer long");
    }

    @Test
    void leavesTheApplicationsOwnJsonAlone() {
        run(context -> assertThat(context.getBean(JsonMapper.class)
                        .readValue("{\"text\": 7}", Text.class)
                        .text())
                .isEqualTo("7"));
    }

    record Text(String text) {}

    private static String tokens(String name, int expiresIn) {
        return """
            {"accessToken": "%s", "expiresIn": %d, "refreshToken": "refresh-%s", "tokenType": "Bearer"}\
            """.formatted(name, expiresIn, name);
    }

    private void run(Consumer<AssertableApplicationContext> test, String... properties) {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "spring.application.name=other",
                        "spring.config.import=classpath:herald-client.yml",
                        "HERALD_URL=http://127.0.0.1:" + herald.getAddress().getPort())
                .withPropertyValues(properties)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    test.accept(context);
                });
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer answer = answers.remove();
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
