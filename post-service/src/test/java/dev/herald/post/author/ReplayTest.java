package dev.herald.post.author;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.KafkaWire;
import dev.herald.post.PostServiceTest;
import dev.herald.post.UserEventsTopic;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.client.RestClient;

/** The read model is built again from the topic. */
@PostServiceTest
class ReplayTest {

    @Autowired
    private JdbcTemplate jdbc;

    @LocalManagementPort
    private int managementPort;

    private final KafkaWire kafka = new KafkaWire();

    @Test
    void restoresTheReadModelWithoutDeletedUsers() {
        UUID ada = registered();
        UUID bob = registered();
        UUID eve = registered();
        renamed(ada);
        kafka.send(UserEventsTopic.NAME, "user.deleted", eve, """
                {"id": "%s", "version": 1}""".formatted(eve));
        await().atMost(ofSeconds(30)).until(() -> isErased(eve) && version(ada) == 1 && version(bob) == 0);
        List<Map<String, @Nullable Object>> before = authors(ada, bob);
        UUID deleted = posts(ada).getFirst();
        jdbc.update("delete from post where id = ?", deleted);
        List<UUID> posts = posts(ada);

        jdbc.update("update author set name = 'Somebody', email = 'wrong', version = 99 where id = ?", ada);
        jdbc.update("delete from author where id = ?", bob);
        String answer = RestClient.create("http://localhost:" + managementPort)
                .post()
                .uri("/actuator/replay")
                .contentType(MediaType.APPLICATION_JSON)
                .retrieve()
                .body(String.class);

        assertThat(answer).contains("user-events-0", "user-events-5");
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(authors(ada, bob)).isEqualTo(before));
        assertThat(isErased(eve)).isTrue();
        assertThat(authors(eve, eve)).isEmpty();
        assertThat(posts(ada)).isEqualTo(posts).doesNotContain(deleted);
    }

    private UUID registered() {
        UUID id = UUID.randomUUID();
        kafka.send(
                UserEventsTopic.NAME, "user.created", id, """
                {"id": "%s", "name": "Ada", "email": "%s@example.com", "createdAt": "2026-01-05T09:30:00.123456Z", "version": 0,
                 "posts": [{"id": "%s", "title": "1", "content": "1", "published": true},
                           {"id": "%s", "title": "2", "content": "2", "published": false}]}
                """.formatted(id, id, UUID.randomUUID(), UUID.randomUUID()));
        return id;
    }

    private void renamed(UUID id) {
        kafka.send(UserEventsTopic.NAME, "user.updated", id, """
                {"id": "%s", "name": "Ada King", "email": "%s@example.com", "createdAt": "2026-01-05T09:30:00.123456Z", "version": 1}
                """.formatted(id, id));
    }

    private List<Map<String, @Nullable Object>> authors(UUID one, UUID other) {
        return jdbc.queryForList("select * from author where id in (?, ?) order by id", one, other);
    }

    private long version(UUID author) {
        return jdbc.queryForList("select version from author where id = ?", Long.class, author).stream()
                .mapToLong(version -> version)
                .findAny()
                .orElse(-1);
    }

    private List<UUID> posts(UUID author) {
        return jdbc.query(
                "select id from post where author_id = ? order by id",
                (row, index) -> row.getObject("id", UUID.class),
                author);
    }

    private boolean isErased(UUID author) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select from deleted_author where id = ?)", Boolean.class, author));
    }
}
