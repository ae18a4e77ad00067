package dev.herald.headlines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.EventContract;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.platform.testing.KafkaWire.Event;
import dev.herald.platform.testing.OtherService;
import dev.herald.platform.testing.ServiceTest;
import dev.herald.platform.topic.EventTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests the example on real servers, with the samples of the event contract and a stub of Herald's API. */
@ServiceTest
class HeadlinesTest {

    private static final OtherService HERALD = OtherService.USER_SERVICE;
    private static final String TOPIC = "post-events";
    private static final String DEAD_LETTERS = "post-events.headlines.dlt";
    private static final String AUTHOR = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d";
    private static final String USER = """
        {"id": "%s", "name": "Ada Lovelace", "createdAt": "2026-01-05T09:30:00Z", "updatedAt": "2026-01-05T09:30:00Z"}
        """.formatted(AUTHOR);

    /** Creates the topic, which post-service creates in production. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Topic {

        @Bean
        NewTopic postEventsTopic() {
            return EventTopic.of(TOPIC);
        }
    }

    private final KafkaWire kafka = new KafkaWire();
    private final UUID post = UUID.randomUUID();

    @Autowired
    private RestTestClient http;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void herald(DynamicPropertyRegistry properties) {
        properties.add("HERALD_URL", HERALD::url);
        properties.add("herald.consumer.back-off", () -> "10ms");
        properties.add("herald.client.email", () -> "headlines@example.com");
        properties.add("herald.client.password", () -> "correct horse 42");
    }

    @BeforeEach
    void heraldAnswers() {
        HERALD.answers("/api/auth/login", 200, """
            {"accessToken": "the-token", "expiresIn": 900, "refreshToken": "r", "tokenType": "Bearer"}\
            """);
        HERALD.answers("/api/users/" + AUTHOR, 200, USER);
    }

    @Test
    void followsAPostFromDraftToItsEnd() {
        send("post.created");
        send("post.updated");
        await().untilAsserted(() -> assertThat(headlines()).contains("Notes on the Analytical Engine by Ada Lovelace"));
        OtherService.Request call = HERALD.requests("/api/users/" + AUTHOR).getLast();
        assertThat(call.headers().getFirst("Authorization")).isEqualTo("Bearer the-token");
        assertThat(call.headers().getFirst("API-Version")).isEqualTo("1");

        send("post.deleted");

        await().untilAsserted(() -> assertThat(headlines()).isEmpty());
    }

    @Test
    void handlesARepeatedEventOnce() {
        double before = duplicates();
        Event updated = event("post.updated");
        kafka.send(TOPIC, updated, payload("post.updated"));
        kafka.send(TOPIC, updated, payload("post.updated"));
        send("post.deleted");
        kafka.send(TOPIC, updated, payload("post.updated"));

        await().until(() -> duplicates() == before + 2);
        assertThat(headlines()).isEmpty();
    }

    @Test
    void setsAsideWhatItCannotRead() {
        kafka.send(TOPIC, event("post.updated"), "{\"id\": \"%s\", \"title\": 7}".formatted(post));

        await().untilAsserted(() -> assertThat(kafka.read(DEAD_LETTERS))
                .anySatisfy(
                        letter -> assertThat(new String(letter.value(), UTF_8)).contains(post.toString())));
    }

    @Test
    void waitsWhileHeraldIsUnavailable() {
        heraldRefuses(503, "upstream-unavailable");
        int before = HERALD.requests("/api/users/" + AUTHOR).size();
        send("post.updated");
        // More failures than the five attempts after which a handler's own failure becomes a dead letter.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> HERALD.requests("/api/users/" + AUTHOR).size() > before + 5);

        HERALD.answers("/api/users/" + AUTHOR, 200, USER);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(headlines()).isNotEmpty());
        assertThat(kafka.read(DEAD_LETTERS))
                .noneSatisfy(
                        letter -> assertThat(new String(letter.value(), UTF_8)).contains(post.toString()));
        send("post.deleted");
    }

    @Test
    void leavesOutAPostWhoseAuthorIsDeleted() {
        heraldRefuses(404, "user-not-found");
        double before = processed();

        send("post.updated");

        await().until(() -> processed() == before + 1);
        assertThat(headlines()).isEmpty();
    }

    private static void heraldRefuses(int status, String code) {
        byte[] problem = """
                {"title": "Refused", "status": %d, "detail": "In a test.", "code": "%s", "type": "/problems/%s", "instance": "/"}""".formatted(status, code, code).getBytes(UTF_8);
        HERALD.answers("/api/users/" + AUTHOR, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(status, problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
        });
    }

    private double duplicates() {
        return count("duplicate");
    }

    private double processed() {
        return count("processed");
    }

    private double count(String outcome) {
        return meters.get("herald.inbox.events")
                .tags("type", "post.updated", "outcome", outcome)
                .counter()
                .count();
    }

    private void send(String type) {
        kafka.send(TOPIC, event(type), payload(type));
    }

    private Event event(String type) {
        return new Event(UUID.randomUUID(), type, "/post-service", post.toString(), Instant.now());
    }

    /** The payload of the contract's sample, with the id of this test's post. */
    private String payload(String type) {
        ObjectNode sample =
                (ObjectNode) JsonMapper.shared().readTree(EventContract.v1(type).sample());
        return sample.put("id", post.toString()).toString();
    }

    /** The headlines of this test's post. */
    private List<String> headlines() {
        return new Api(http)
                .get("/headlines")
                .expect(200)
                .json()
                .valueStream()
                .filter(headline -> headline.get("postId").asString().equals(post.toString()))
                .map(headline -> headline.get("title").asString() + " by "
                        + headline.get("author").asString())
                .toList();
    }
}
