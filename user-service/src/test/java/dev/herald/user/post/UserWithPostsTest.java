package dev.herald.user.post;

import static dev.herald.platform.testing.OtherService.POST_SERVICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.OtherService;
import dev.herald.platform.testing.Statements;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@UserServiceTest
class UserWithPostsTest {

    /** Much longer than the deadline of the call; the called service never answers. */
    private static final Duration SOON = ofSeconds(5);

    private static final String NO_POSTS = "{\"items\": []}";

    private static final String POSTS = """
            {
              "items": [
                {
                  "id": "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d",
                  "author": {"id": "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4e", "name": "Ada", "likes": 3},
                  "title": "Out",
                  "content": "😀",
                  "published": true,
                  "publishedAt": "2026-01-05T09:30:00.123456Z",
                  "createdAt": "2026-01-05T09:30:00.123456Z",
                  "updatedAt": "2026-01-05T09:30:00.123456Z",
                  "likes": 17
                },
                {
                  "id": "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4f",
                  "author": {"id": "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4e", "name": "Ada"},
                  "title": "Draft",
                  "content": "…",
                  "published": false,
                  "createdAt": "2026-01-04T09:30:00Z",
                  "updatedAt": "2026-01-04T09:30:00Z"
                }
              ],
              "nextCursor": "more"
            }
            """;

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private Statements statements;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @Autowired
    private BulkheadRegistry bulkheads;

    private final CountDownLatch end = new CountDownLatch(1);

    private CircuitBreaker breaker;
    private Bulkhead bulkhead;
    private TestUser ada;
    private String postsPath;

    @BeforeEach
    void register() {
        breaker = breakers.circuitBreaker("post-service");
        bulkhead = bulkheads.bulkhead("post-service");
        breaker.reset();
        ada = TestUser.register(new Api(http));
        postsPath = ada.path() + "/posts";
    }

    @AfterEach
    void noCallIsLeftBehind() {
        await().until(() -> bulkhead.getMetrics().getAvailableConcurrentCalls() == limit());
        end.countDown();
    }

    @Nested
    class Together {

        @Test
        void comesTheUserWithTheNewestPosts() {
            POST_SERVICE.answers(postsPath, 200, POSTS);

            Answer answer = readWithPosts();

            JsonNode user = answer.json();
            assertThat(user.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "name", "email", "emailVerified", "roles", "createdAt", "updatedAt", "posts");
            assertThat(answer.header("ETag")).isNull();
            JsonNode out = user.get("posts").get(0);
            assertThat(out.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "author", "title", "content", "published", "publishedAt", "createdAt", "updatedAt");
            assertThat(out.get("author").propertyNames()).containsExactlyInAnyOrder("id", "name");
            assertThat(out.get("content").asString()).isEqualTo("😀");
            assertThat(out.get("publishedAt").asString()).isEqualTo("2026-01-05T09:30:00.123456Z");
            JsonNode draft = user.get("posts").get(1);
            assertThat(draft.get("published").asBoolean()).isFalse();
            assertThat(draft.has("publishedAt")).isFalse();
            assertThat(onlyRequest().uri().getQuery()).isEqualTo("limit=20");
        }

        @Test
        void areNoPostsAnEmptyList() {
            POST_SERVICE.answers(postsPath, 200, NO_POSTS);

            assertThat(readWithPosts().json().get("posts").toString()).isEqualTo("[]");
        }

        @Test
        void seesAStrangerNoMoreThanWithoutPosts() {
            POST_SERVICE.answers(postsPath, 200, POSTS);
            TestUser eve = TestUser.register(new Api(http), "Eve");

            JsonNode user =
                    eve.api().get(ada.path() + "?include=posts").expect(200).json();

            assertThat(user.propertyNames()).containsExactlyInAnyOrder("id", "name", "createdAt", "updatedAt", "posts");
        }

        @Test
        void answers404ForAnUnknownUser() {
            ada.api().get("/api/users/" + UUID.randomUUID() + "?include=posts").problem(404, "user-not-found");
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "", "posts,posts", "POSTS"})
        void refusesOtherValuesOfInclude(String include) {
            ada.api().get(ada.path() + "?include=" + include).problem(400, "validation-failed");
        }

        @Test
        void areNoPostsWhereNoneAreAskedFor() {
            JsonNode user = ada.api().get(ada.path()).expect(200).json();

            assertThat(user.propertyNames()).doesNotContain("posts", "degraded");
            assertThat(requests()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void isARegistrationAnsweredAsBeforeAndAgainWhenItIsRepeated(boolean withPosts) {
            Api once = new Api(http).with("Idempotency-Key", UUID.randomUUID().toString());
            Map<String, Object> body =
                    new HashMap<>(Map.of("name", "Eve", "email", TestUser.newEmail(), "password", TestUser.PASSWORD));
            if (withPosts) {
                body.put("posts", List.of(Map.of("title", "a", "content", "b")));
            }

            JsonNode first = once.post("/api/users", body).expect(201).json();

            assertThat(first.has("posts")).isEqualTo(withPosts);
            assertThat(first.has("degraded")).isFalse();
            assertThat(once.post("/api/users", body).expect(201).json()).isEqualTo(first);
        }

        @Test
        void arePostsAskedForInTheCallersNameAndTrace() {
            POST_SERVICE.answers(postsPath, 200, POSTS);
            String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

            ada.api()
                    .with("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                    .get(ada.path() + "?include=posts")
                    .expect(200);

            OtherService.Request request = onlyRequest();
            assertThat(request.headers().get("Authorization")).containsExactly("Bearer " + ada.accessToken());
            assertThat(request.headers().getFirst("traceparent"))
                    .matches("00-" + trace + "-[0-9a-f]{16}-01")
                    .doesNotContain("00f067aa0ba902b7");
        }
    }

    @Nested
    class InParallel {

        @Test
        void arePostsAskedForBeforeTheUserIsRead() throws Exception {
            POST_SERVICE.answers(postsPath, 200, POSTS);
            evict();
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> answer = transactions.execute(transaction -> {
                    jdbc.execute("lock table users in access exclusive mode");
                    Future<Answer> waiting = clients.submit(UserWithPostsTest.this::readWithPosts);
                    await().until(() -> !requests().isEmpty());
                    assertThat(waiting).isNotDone();
                    return waiting;
                });

                assertComplete(answer.get());
            }
        }

        @Test
        void isTheUserReadBeforeThePostsAreThere() {
            double reads = reads();
            POST_SERVICE.answers(postsPath, exchange -> {
                await().until(() -> reads() > reads);
                OtherService.answer(exchange, 200, POSTS);
            });

            assertComplete(readWithPosts());
        }

        private double reads() {
            return meters.get("herald.cache.requests").tag("cache", "users").counters().stream()
                    .mapToDouble(counter -> counter.count())
                    .sum();
        }
    }

    @Nested
    class WithoutAnAnswer {

        @Test
        void comesWithoutPostsIfNoInstanceIsRegistered() {
            POST_SERVICE.stop();
            try {
                assertDegraded(readWithPosts());
            } finally {
                POST_SERVICE.restart();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "500 | {}",
                    "404 | {}",
                    "401 | {}",
                    "401 | {\"code\": \"token-revoked\"}",
                    "200 | <html>Welcome</html>",
                    "200 | {\"items\": [{\"id\":",
                    "200 | {}",
                    "200 | null",
                    "200 | ``",
                    "200 | {\"items\": null}",
                    "200 | {\"items\": [null]}",
                    "200 | {\"items\": [{\"id\": \"0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d\"}]}"
                })
        void comesTheUserAloneAfterNonsenseWhichIsNotAskedForAgain(int status, String body) {
            POST_SERVICE.answers(postsPath, status, body);

            assertDegraded(readWithPosts());

            assertThat(requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"title", "published", "createdAt", "author"})
        void comesTheUserAloneWhenAPostLacksAField(String field) {
            POST_SERVICE.answers(postsPath, 200, POSTS.replace('"' + field + '"', "\"other\""));

            assertDegraded(readWithPosts());
        }

        @Test
        void comesTheUserAloneAfterHtml() {
            POST_SERVICE.answers(postsPath, exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("<html>Welcome</html>".getBytes(UTF_8));
                exchange.close();
            });

            assertDegraded(readWithPosts());
            assertThat(requests()).hasSize(1);
        }

        @Test
        void comesTheUserAloneWhenTheConnectionBreaksInTheMiddle() {
            POST_SERVICE.answers(postsPath, exchange -> {
                begin(exchange, POSTS.length());
                exchange.close();
            });

            assertDegraded(readWithPosts());
        }

        @Test
        void comesInTimeIfPostServiceDoesNotAnswer() {
            POST_SERVICE.answers(postsPath, forEver());

            assertDegraded(assertTimeout(SOON, UserWithPostsTest.this::readWithPosts));

            await().during(ofSeconds(1)).until(() -> requests().size() == 1);
        }

        @Test
        void comesInTimeIfTheBodyDoesNotEnd() {
            POST_SERVICE.answers(postsPath, exchange -> {
                begin(exchange, 0);
                while (!hasEnded(20)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            });

            assertDegraded(assertTimeout(SOON, UserWithPostsTest.this::readWithPosts));

            await().during(ofSeconds(1)).until(() -> requests().size() == 1);
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void isLoggedOnceWithoutSecrets(CapturedOutput output) {
            POST_SERVICE.answers(postsPath, 500, "{}");

            assertDegraded(readWithPosts());

            assertThat(output.getAll().lines().filter(line -> line.contains("post-service")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "post-service gives no answer", "500");
            assertThat(output).doesNotContain("\tat ").doesNotContain(ada.accessToken());
        }
    }

    @Nested
    class AfterAFailureThatPasses {

        @Test
        void arePostsAskedForAgain() {
            answersInTurn(exchange -> OtherService.answer(exchange, 503, "{}"));

            assertComplete(readWithPosts());
            assertThat(requests()).hasSize(2);
        }

        @Test
        void arePostsAskedForAgainOnAnotherConnection() {
            answersInTurn(HttpExchange::close);

            assertComplete(readWithPosts());
        }

        /** The first response comes from this handler, the next ones are valid. */
        private void answersInTurn(HttpHandler first) {
            AtomicInteger asked = new AtomicInteger();
            POST_SERVICE.answers(postsPath, exchange -> {
                if (asked.getAndIncrement() == 0) {
                    first.handle(exchange);
                } else {
                    OtherService.answer(exchange, 200, POSTS);
                }
            });
        }
    }

    @Nested
    class TheCircuitBreaker {

        @Test
        void leavesAServiceAloneThatKeepsFailingAndFindsOutWhenItIsBack() {
            POST_SERVICE.answers(postsPath, 500, "{}");
            await().until(() -> {
                assertDegraded(readWithPosts());
                return breaker.getState() == CircuitBreaker.State.OPEN;
            });
            int asked = requests().size();

            assertDegraded(readWithPosts());

            assertThat(requests()).hasSize(asked);
            POST_SERVICE.answers(postsPath, 200, POSTS);
            await().until(() -> {
                readWithPosts();
                return breaker.getState() == CircuitBreaker.State.CLOSED;
            });
            assertComplete(readWithPosts());
        }

        @Test
        void countsWhatIsTooLate() throws Exception {
            POST_SERVICE.answers(postsPath, forEver());
            Callable<Answer> read = UserWithPostsTest.this::readWithPosts;
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                clients.invokeAll(Collections.nCopies(5, read)).forEach(answer -> assertDegraded(answer.resultNow()));
            }

            await().until(() -> breaker.getState() == CircuitBreaker.State.OPEN);
        }

        @Test
        void countsNoClientErrors() {
            POST_SERVICE.answers(postsPath, 404, "{}");
            for (int i = 0; i < 10; i++) {
                assertDegraded(readWithPosts());
            }

            assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
            assertThat(requests()).hasSize(10);
        }

        @Test
        void isForRedisAsItWas() {
            var redisBreaker = breakers.circuitBreaker("redis").getCircuitBreakerConfig();

            assertThat(redisBreaker.getSlidingWindowSize()).isEqualTo(20);
            assertThat(redisBreaker.getMinimumNumberOfCalls()).isEqualTo(5);
            assertThat(redisBreaker.getWaitIntervalFunctionInOpenState().apply(1))
                    .isEqualTo(1_000);
            assertThat(redisBreaker.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(3);
        }
    }

    @Nested
    class TheBulkhead {

        @Test
        void letsNoCallWaitBehindTooManyOthers() {
            POST_SERVICE.answers(postsPath, 200, POSTS);
            int underWay = 0;
            while (bulkhead.tryAcquirePermission()) {
                underWay++;
            }
            try {
                assertDegraded(readWithPosts());
            } finally {
                for (int i = 0; i < underWay; i++) {
                    bulkhead.releasePermission();
                }
            }

            assertThat(underWay).isEqualTo(limit());
            assertThat(requests()).isEmpty();
            assertComplete(readWithPosts());
        }
    }

    @Nested
    class Measured {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "resilience4j.circuitbreaker.state",
                    "resilience4j.retry.calls",
                    "resilience4j.bulkhead.available.concurrent.calls",
                    "resilience4j.timelimiter.calls"
                })
        void isEveryPartOfTheGuard(String meter) {
            assertThat(meters.get(meter).tag("name", "post-service").meters()).isNotEmpty();
        }

        @Test
        void isAReadOneStatementAndNoneFromTheCache() {
            POST_SERVICE.answers(postsPath, 200, POSTS);

            assertCost(1, () -> {
                evict();
                ada.api().get(ada.path()).expect(200);
            });
            assertCost(0, () -> ada.api().get(ada.path()).expect(200));
            assertCost(1, () -> {
                evict();
                readWithPosts();
            });
            assertCost(0, UserWithPostsTest.this::readWithPosts);
        }

        @Test
        void isAPageOneStatementHoweverLong() {
            for (int i = 0; i < 3; i++) {
                TestUser.register(new Api(http));
            }

            assertCost(1, () -> ada.api().get("/api/users?limit=1").expect(200));
            assertCost(1, () -> ada.api().get("/api/users?limit=100").expect(200));
        }

        /** Repeats the count, because housekeeping may execute statements in between. */
        private void assertCost(int expected, Runnable request) {
            await().untilAsserted(() -> assertThat(statements.of(request)).hasSize(expected));
        }
    }

    private Answer readWithPosts() {
        return ada.api().get(ada.path() + "?include=posts").expect(200);
    }

    private static void assertComplete(Answer answer) {
        assertThat(answer.json().get("posts").size()).isEqualTo(2);
        assertThat(answer.json().has("degraded")).isFalse();
    }

    private void assertDegraded(Answer answer) {
        JsonNode user = answer.json();
        assertThat(user.get("id").asString()).isEqualTo(ada.id().toString());
        assertThat(user.get("posts").isNull()).isTrue();
        assertThat(user.get("degraded").toString()).isEqualTo("[\"posts\"]");
        assertThat(answer.header("ETag")).isNull();
    }

    private void evict() {
        redis.delete("herald:user:" + ada.id());
    }

    private int limit() {
        return bulkhead.getMetrics().getMaxAllowedConcurrentCalls();
    }

    private List<OtherService.Request> requests() {
        return POST_SERVICE.requests(postsPath);
    }

    private OtherService.Request onlyRequest() {
        assertThat(requests()).hasSize(1);
        return requests().getFirst();
    }

    /** Sends no answer before the test ends. */
    private HttpHandler forEver() {
        return exchange -> {
            hasEnded(Long.MAX_VALUE);
            exchange.close();
        };
    }

    /** Waits for the end of the test, at most this many milliseconds. */
    private boolean hasEnded(long patience) throws InterruptedIOException {
        try {
            return end.await(patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Sends the head and the first characters of a response. */
    private static void begin(HttpExchange exchange, int length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, length);
        exchange.getResponseBody().write("{\"items\": [".getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }
}
