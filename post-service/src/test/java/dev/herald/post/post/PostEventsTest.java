package dev.herald.post.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.EventContract;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.post.PostServiceTest;
import dev.herald.post.TestAuthor;
import dev.herald.post.UserEventsTopic;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@PostServiceTest
class PostEventsTest {

    private static final String TOPIC = "post-events";

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    private final KafkaWire kafka = new KafkaWire();

    private record Event(EventMetadata metadata, JsonNode content) {

        static Event of(ConsumerRecord<String, byte[]> message) {
            EventMetadata metadata = CloudEvents.read(message.headers());
            String payload = new String(message.value(), UTF_8);
            EventContract.v1(metadata.type()).assertAllows(payload);
            return new Event(metadata, JsonMapper.shared().readTree(payload));
        }
    }

    @Test
    void tellAPostsLifeInOrderAndAsTheirContractsSay() {
        TestAuthor ada = TestAuthor.known("Ada", jdbc, http);
        Answer draft = ada.api().post("/api/posts", Map.of("title", "Title", "content", "Content"));
        String path = "/api/posts/" + draft.text("id");
        Answer published = ada.api().put(path, Map.of("title", "New", "content", "Content", "published", true));
        ada.api()
                .put(path, Map.of("title", "New", "content", "Content", "published", true))
                .expect(200);
        ada.api().delete(path).expect(204);

        List<Event> life = events(UUID.fromString(draft.text("id")), 3);

        assertThat(life)
                .extracting(event -> event.metadata().type())
                .containsExactly("post.created", "post.updated", "post.deleted");
        assertThat(life).allSatisfy(event -> {
            assertThat(event.metadata().source()).isEqualTo("/post-service");
            assertThat(event.content().get("authorId").asString())
                    .isEqualTo(ada.id().toString());
        });
        assertThat(life)
                .extracting(event -> event.content().get("version").asLong())
                .containsExactly(0L, 1L, 2L);
        assertThat(life.get(0).content().has("publishedAt")).isFalse();
        assertThat(life.get(1).content().get("title").asString()).isEqualTo("New");
        assertThat(life.get(1).content().get("publishedAt").asString()).isEqualTo(published.text("publishedAt"));
    }

    @Test
    void tellOfThePostsThatComeAndGoWithTheirAuthor() {
        UUID ada = UUID.randomUUID();
        UUID post = UUID.randomUUID();
        kafka.send(UserEventsTopic.NAME, "user.created", ada, """
                {"id": "%s", "name": "Ada", "email": "%s@example.com", "createdAt": "2026-01-05T09:30:00.123456Z",
                 "version": 0, "posts": [{"id": "%s", "title": "First", "content": "Content", "published": true}]}
                """.formatted(ada, ada, post));
        Event created = events(post, 1).getFirst();
        kafka.send(UserEventsTopic.NAME, "user.deleted", ada, """
                {"id": "%s", "version": 1}""".formatted(ada));

        List<Event> life = events(post, 2);

        assertThat(created.metadata().type()).isEqualTo("post.created");
        assertThat(created.content().get("publishedAt").asString()).isEqualTo("2026-01-05T09:30:00.123456Z");
        assertThat(life.getLast().metadata().type()).isEqualTo("post.deleted");
        assertThat(life.getLast().content().get("version").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"post.created", "post.updated", "post.deleted"})
    void haveASampleThatTheSchemaAllows(String type) {
        EventContract contract = EventContract.v1(type);

        contract.assertAllows(contract.sample());
    }

    private List<Event> events(UUID post, int count) {
        return await()
                .atMost(ofSeconds(30))
                .until(() -> kafka.read(TOPIC, post), messages -> messages.size() == count)
                .stream()
                .map(Event::of)
                .toList();
    }
}
