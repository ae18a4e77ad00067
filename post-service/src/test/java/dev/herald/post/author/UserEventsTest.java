package dev.herald.post.author;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.Contention;
import dev.herald.platform.testing.Damage;
import dev.herald.platform.testing.EventContract;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.post.PostServiceTest;
import dev.herald.post.TestAuthor;
import dev.herald.post.UserEventsTopic;
import dev.herald.post.author.AuthorRegistered.FirstPost;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@PostServiceTest
class UserEventsTest {

    private static final String TOPIC = UserEventsTopic.NAME;
    private static final String DEAD_LETTERS = TOPIC + ".post-service.dlt";
    private static final Instant REGISTERED = Instant.parse("2026-01-05T09:30:00.123456Z");
    private static final List<String> LIFE = List.of("user.created", "user.updated", "user.password-changed");

    @Autowired
    private Authors authors;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RestTestClient http;

    @Autowired
    private PlatformTransactionManager transactions;

    private final KafkaWire kafka = new KafkaWire();
    private final UUID user = UUID.randomUUID();
    private final UUID published = UUID.randomUUID();
    private final UUID draft = UUID.randomUUID();

    @BeforeEach
    void awaitTheTopics() {
        await().until(() -> kafka.topics().containsAll(List.of(TOPIC, DEAD_LETTERS)));
    }

    @Nested
    class Contract {

        @Test
        void readsAnAuthorAndTheFirstPostsFromUserCreated() {
            JsonNode created = sample("user.created");

            awaitHandled(send("user.created", created.toString()));

            assertThat(author())
                    .containsEntry("name", created.get("name").asString())
                    .containsEntry("email", created.get("email").asString())
                    .containsEntry("registered_at", timestamp(created.get("createdAt")))
                    .containsEntry("version", created.get("version").asLong());
            List<JsonNode> posts = created.get("posts").values().stream().toList();
            assertThat(posts).hasSize(2);
            for (JsonNode post : posts) {
                assertThat(post(UUID.fromString(post.get("id").asString())))
                        .containsEntry("author_id", user)
                        .containsEntry("title", post.get("title").asString())
                        .containsEntry("content", post.get("content").asString())
                        .containsEntry("published", post.get("published").asBoolean())
                        .containsEntry(
                                "published_at",
                                post.get("published").asBoolean() ? timestamp(created.get("createdAt")) : null)
                        .containsEntry("created_at", timestamp(created.get("createdAt")))
                        .containsEntry("updated_at", timestamp(created.get("createdAt")))
                        .containsEntry("version", 0L);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"user.updated", "user.password-changed"})
        void readsAnAuthorFrom(String type) {
            JsonNode event = sample(type);

            awaitHandled(send(type, event.toString()));

            assertThat(author())
                    .containsEntry("name", event.get("name").asString())
                    .containsEntry("email", event.get("email").asString())
                    .containsEntry("registered_at", timestamp(event.get("createdAt")))
                    .containsEntry("version", event.get("version").asLong());
        }

        @Test
        void erasesAnAuthorByUserDeleted() {
            awaitHandled(
                    send("user.created", sample("user.created").toString()),
                    send("user.deleted", sample("user.deleted").toString()));

            assertNothingIsLeft();
        }

        @ParameterizedTest
        @ValueSource(strings = {"user.created", "user.updated", "user.password-changed", "user.deleted"})
        void ignoresFieldsThatItDoesNotKnow(String type) {
            ObjectNode event = sample(type);
            event.putObject("later").put("added", true);
            event.path("posts").forEach(post -> ((ObjectNode) post).put("later", "added"));

            awaitHandled(send(type, event.toString()));
        }

        @ParameterizedTest
        @EnumSource
        void setsAnEventAsideWithoutAFieldItReads(Damage damage) {
            List<UUID> broken = new ArrayList<>();
            for (String type : LIFE) {
                for (String field : List.of("id", "name", "email", "createdAt", "version")) {
                    broken.add(send(type, damage.to(sample(type), field).toString()));
                }
            }
            for (String field : List.of("id", "title", "content", "published")) {
                ObjectNode created = sample("user.created");
                damage.to((ObjectNode) created.get("posts").get(1), field);
                broken.add(send("user.created", created.toString()));
            }
            broken.add(
                    send("user.deleted", damage.to(sample("user.deleted"), "id").toString()));

            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(deadLetters()).containsAll(broken));
            assertThat(author()).isEmpty();
        }

        /** The contract's sample with the ids of this test's user and posts. Checks that the sample is valid. */
        private ObjectNode sample(String type) {
            EventContract contract = EventContract.v1(type);
            contract.assertAllows(contract.sample());
            return about((ObjectNode) JsonMapper.shared().readTree(contract.sample()));
        }

        private ObjectNode about(ObjectNode event) {
            event.put("id", user.toString());
            Iterator<UUID> ids = List.of(published, draft).iterator();
            event.path("posts")
                    .forEach(post -> ((ObjectNode) post).put("id", ids.next().toString()));
            return event;
        }
    }

    @Nested
    class InAnyOrder {

        static Stream<List<String>> lives() {
            return permutations(LIFE);
        }

        static Stream<List<String>> livesThatEnd() {
            return permutations(List.of("user.created", "user.updated", "user.password-changed", "user.deleted"));
        }

        @ParameterizedTest
        @MethodSource("lives")
        void lastVersionWinsAndTheFirstPostsAreWritten(List<String> types) {
            awaitHandled(types.stream().map(type -> send(type, json(type))));

            assertThat(author())
                    .containsEntry("name", "user.password-changed")
                    .containsEntry("version", 2L)
                    .containsEntry("registered_at", Timestamp.from(REGISTERED));
            assertThat(posts()).containsExactlyInAnyOrder(published, draft);
        }

        @ParameterizedTest
        @MethodSource("livesThatEnd")
        void nothingComesBackAfterTheEnd(List<String> types) {
            awaitHandled(types.stream().map(type -> send(type, json(type))));

            assertNothingIsLeft();
        }

        private static Stream<List<String>> permutations(List<String> types) {
            if (types.isEmpty()) {
                return Stream.of(List.of());
            }
            return types.stream()
                    .flatMap(first -> permutations(types.stream()
                                    .filter(type -> !type.equals(first))
                                    .toList())
                            .map(others -> Stream.concat(Stream.of(first), others.stream())
                                    .toList()));
        }
    }

    @Nested
    class Repeated {

        @Test
        void writesTheFirstPostsOnceHoweverOftenTheEventArrives() {
            KafkaWire.Event event = new KafkaWire.Event(
                    UUID.randomUUID(), "user.created", "/user-service", user.toString(), Instant.now());
            for (int i = 0; i < 3; i++) {
                kafka.send(TOPIC, event, json("user.created"));
            }
            awaitHandled(send("user.updated", json("user.updated")));

            assertThat(posts()).containsExactlyInAnyOrder(published, draft);
        }

        /** The state in which a topic is read from its beginning and the inbox is empty. */
        @Test
        void bringsNoDeletedPostBackByAReplay() {
            awaitHandled(send("user.created", json("user.created")));
            jdbc.update("delete from post where id = ?", draft);

            awaitHandled(send("user.created", json("user.created")));

            assertThat(posts()).containsExactly(published);
        }

        @Test
        void staysErasedWhateverIsReplayed() {
            awaitHandled(
                    send("user.created", json("user.created")),
                    send("user.deleted", json("user.deleted")),
                    send("user.created", json("user.created")),
                    send("user.updated", json("user.updated").replace("\"version\":1", "\"version\":9")),
                    send("user.deleted", json("user.deleted")));

            assertNothingIsLeft();
        }
    }

    @Nested
    class AtTheSameMoment {

        @Test
        void deletionWaitsForAnAuthorWhoIsBeingWritten() {
            new Contention(jdbc, transactions)
                    .whileUncommitted(
                            () -> authors.apply(user("user.created")), () -> authors.erase(new UserDeletedEvent(user)));

            assertNothingIsLeft();
        }

        @Test
        void authorWaitsForTheirDeletion() {
            new Contention(jdbc, transactions)
                    .whileUncommitted(
                            () -> authors.erase(new UserDeletedEvent(user)), () -> authors.apply(user("user.created")));

            assertNothingIsLeft();
        }

        @Test
        void deletionDeletesAndAnnouncesAPostThatIsBeingWritten() {
            authors.apply(user("user.created"));
            UUID late = UUID.randomUUID();

            new Contention(jdbc, transactions)
                    .whileUncommitted(
                            () -> jdbc.update("""
                            insert into post (id, author_id, title, content, published, created_at, updated_at, version)
                            values (?, ?, 'title', 'content', false, now(), now(), 0)
                            """, late, user), () -> authors.erase(new UserDeletedEvent(user)));

            assertNothingIsLeft();
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(kafka.read("post-events", late))
                            .map(message -> CloudEvents.read(message.headers()).type())
                            .containsExactly("post.deleted"));
        }

        @Test
        void aPostComesTooLateForAnAuthorWhoIsBeingDeleted() {
            TestAuthor ada = TestAuthor.known("Ada", jdbc, http);
            CompletableFuture<Answer> answer = new CompletableFuture<>();

            new Contention(jdbc, transactions)
                    .whileUncommitted(
                            () -> authors.erase(new UserDeletedEvent(ada.id())),
                            () -> answer.complete(
                                    ada.api().post("/api/posts", Map.of("title", "Title", "content", "Content"))));

            answer.join().problem(404, "user-not-found");
        }
    }

    @Test
    void findsAnAuthorsPostsByAnIndex() {
        List<String> plan = new TransactionTemplate(transactions).execute(transaction -> {
            // The planner would not use an index for a table this small.
            jdbc.execute("set local enable_seqscan = off");
            return jdbc.queryForList("explain delete from post where author_id = ?", String.class, user);
        });

        assertThat(plan).anyMatch(step -> step.contains("post_by_author"));
    }

    private UUID send(String type, String payload) {
        return kafka.send(TOPIC, type, user, payload);
    }

    /** An event of the user; its type is also the user's name in it. */
    private String json(String type) {
        Object event = type.equals("user.deleted") ? Map.of("id", user, "version", 3) : user(type);
        return JsonMapper.shared().writeValueAsString(event);
    }

    private UserEvent user(String type) {
        return new UserEvent(
                user,
                type,
                user + "@example.com",
                REGISTERED,
                LIFE.indexOf(type),
                type.equals("user.created")
                        ? Optional.of(List.of(
                                new FirstPost(published, "Published", "content", true),
                                new FirstPost(draft, "Draft", "content", false)))
                        : Optional.empty());
    }

    private void awaitHandled(UUID... events) {
        awaitHandled(Stream.of(events));
    }

    private void awaitHandled(Stream<UUID> events) {
        UUID[] ids = events.toArray(UUID[]::new);
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.queryForObject(
                                "select count(*) from processed_event where event_id = any (?)", Integer.class, (Object)
                                        ids))
                        .isEqualTo(ids.length));
    }

    private List<UUID> deadLetters() {
        return kafka.read(DEAD_LETTERS).stream()
                .map(message -> CloudEvents.read(message.headers()).id())
                .toList();
    }

    private Map<String, @Nullable Object> author() {
        return row("select * from author where id = ?", user);
    }

    private Map<String, @Nullable Object> post(UUID id) {
        return row("select * from post where id = ?", id);
    }

    private Map<String, @Nullable Object> row(String query, UUID id) {
        List<Map<String, @Nullable Object>> rows = jdbc.queryForList(query, id);
        return rows.isEmpty() ? Map.of() : rows.getFirst();
    }

    private List<@Nullable UUID> posts() {
        return jdbc.queryForList("select id from post where author_id = ?", UUID.class, user);
    }

    private void assertNothingIsLeft() {
        assertThat(author()).isEmpty();
        assertThat(posts()).isEmpty();
        assertThat(jdbc.queryForList("select * from deleted_author where id = ?", user))
                .containsExactly(Map.of("id", user));
    }

    private static Timestamp timestamp(JsonNode time) {
        return Timestamp.from(Instant.parse(time.asString()));
    }
}
