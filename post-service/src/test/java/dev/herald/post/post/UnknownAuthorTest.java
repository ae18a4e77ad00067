package dev.herald.post.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.OtherService;
import dev.herald.post.PostServiceTest;
import dev.herald.post.TestAuthor;
import dev.herald.post.UserEventsTopic;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A user writes a post before this service has received their {@code user.created}. */
@PostServiceTest
class UnknownAuthorTest {

    private static final Map<String, Object> POST = Map.of("title", "Title", "content", "Content");

    /** The time limit for a response: several times the deadline of a call to another service. */
    private static final Duration SOON = ofSeconds(5);

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private CircuitBreakerRegistry breakers;

    private final OtherService users = OtherService.USER_SERVICE;
    private final CountDownLatch end = new CountDownLatch(1);
    private TestAuthor ada;

    @BeforeEach
    void ada() {
        ada = TestAuthor.unknown("Ada", http);
    }

    @AfterEach
    void closeTheBreaker() {
        end.countDown();
        breaker().reset();
    }

    @Test
    void isFetchedFromUserServiceWithTheCallersToken() {
        userServiceKnowsAda();

        Answer written = ada.api().post("/api/posts", POST).expect(201);

        assertThat(written.json().at("/author/name").asString()).isEqualTo("Ada");
        assertThat(jdbc.queryForObject("select email from author where id = ?", String.class, ada.id()))
                .isEqualTo(ada.email());
        List<OtherService.Request> asked = users.requests(path());
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().headers().getFirst("Authorization")).startsWith("Bearer ey");
        assertThat(asked.getFirst().headers().getFirst("traceparent")).isNotBlank();
        ada.api().post("/api/posts", POST).expect(201);
        assertThat(users.requests(path())).as("asked once").hasSize(1);
    }

    @Test
    void isWhatTheEventSaysOnceItIsHere() {
        userServiceKnowsAda();
        ada.api().post("/api/posts", POST).expect(201);
        UUID first = UUID.randomUUID();

        new KafkaWire()
                .send(UserEventsTopic.NAME, "user.created", ada.id(), """
                {"id": "%s", "name": "Ada Lovelace", "email": "%s", "createdAt": "2026-01-05T09:30:00.123456Z",
                 "version": 0, "posts": [{"id": "%s", "title": "First", "content": "Content", "published": true}]}
                """.formatted(ada.id(), ada.email(), first));

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(ada.api()
                                .get("/api/posts/" + first)
                                .expect(200)
                                .json()
                                .at("/author/name")
                                .asString())
                        .isEqualTo("Ada Lovelace"));
    }

    @Test
    void isNoUserAnyMore() {
        users.answers(path(), 404, "{\"code\": \"user-not-found\"}");

        ada.api().post("/api/posts", POST).problem(404, "user-not-found");
    }

    @Test
    void hasLoggedOutOrIsDeletedAsUserServiceHasHeardFirst() {
        users.answers(path(), 401, "{\"code\": \"token-revoked\"}");

        Answer answer = ada.api().post("/api/posts", POST);

        answer.problem(401, "token-revoked");
        assertThat(answer.header(HttpHeaders.WWW_AUTHENTICATE)).contains("invalid_token");
    }

    @Test
    void isNotBroughtBackByUserServiceAfterTheirErasure() {
        userServiceKnowsAda();
        jdbc.update("insert into deleted_author (id) values (?)", ada.id());

        ada.api().post("/api/posts", POST).problem(404, "user-not-found");

        assertThat(jdbc.queryForList("select id from author where id = ?", ada.id()))
                .isEmpty();
    }

    @Test
    void waitsForUserServiceWhileKnownAuthorsWrite() {
        TestAuthor bob = TestAuthor.known("Bob", jdbc, http);
        users.answers(path(), 500, "{}");

        for (int i = 0; i < 10; i++) {
            sendsRetryAfter();
            bob.api().post("/api/posts", POST).expect(201);
        }

        assertThat(users.requests(path())).as("until the breaker opens").hasSizeLessThan(10);
        assertThat(jdbc.queryForList("select id from author where id = ?", ada.id()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"id\": ", "<html>Welcome</html>"})
    void is503WhileUserServiceDoesNotAnswer(String answer) {
        users.answers(path(), 200, answer);

        sendsRetryAfter();
    }

    @Test
    void waitsForUserServiceWhereSomethingElseAnswers() {
        users.answers(path(), exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>Welcome</html>".getBytes(UTF_8));
            exchange.close();
        });

        sendsRetryAfter();
    }

    @Test
    void doesNotWaitLongForUserServiceWhichDoesNotAnswer() {
        users.answers(path(), exchange -> {
            awaitTheEnd();
            exchange.close();
        });

        assertTimeout(SOON, this::sendsRetryAfter);
    }

    @Test
    void writesAgainWhenUserServiceIsBack() {
        users.answers(path(), 500, "{}");
        await().atMost(ofSeconds(30)).until(() -> {
            sendsRetryAfter();
            return breaker().getState() == CircuitBreaker.State.OPEN;
        });

        await().atMost(ofSeconds(30)).until(() -> {
            ada();
            userServiceKnowsAda();
            ada.api().post("/api/posts", POST);
            return breaker().getState() == CircuitBreaker.State.CLOSED;
        });
        ada();
        userServiceKnowsAda();
        ada.api().post("/api/posts", POST).expect(201);
    }

    private void sendsRetryAfter() {
        ada.api().post("/api/posts", POST).problem(503, "upstream-unavailable");
    }

    private void awaitTheEnd() throws InterruptedIOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private CircuitBreaker breaker() {
        return breakers.circuitBreaker("user-service");
    }

    private void userServiceKnowsAda() {
        users.answers(path(), 200, """
                {"id": "%s", "name": "Ada", "email": "%s", "roles": ["USER"], "createdAt": "2026-01-05T09:30:00.123456Z",
                 "updatedAt": "2026-01-05T09:30:00.123456Z"}""".formatted(ada.id(), ada.email()));
    }

    private String path() {
        return "/api/users/" + ada.id();
    }
}
