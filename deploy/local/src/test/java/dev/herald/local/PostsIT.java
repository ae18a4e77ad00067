package dev.herald.local;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.NewPost;
import dev.herald.local.Client.Tokens;
import dev.herald.local.cli.EventConsumer;
import dev.herald.local.process.Parallel;
import dev.herald.local.server.Http;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Suite;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Posts on the whole suite: only those who may see a post see it, also during failures, and a post is deleted only with
 * its author.
 */
@OnTheSharedSuite
class PostsIT {

    /** Longer than the deadline of a call to another service (HERALD_REMOTE_DEADLINE) and the rest of the request. */
    private static final Duration SOON = ofSeconds(1);

    /** If a consumer was killed, Kafka gives its partitions to the next one after 10 s. */
    private static final Duration EVENTUALLY = ofSeconds(40);

    private static final int LARGEST_BODY = 1024 * 1024;

    private static final Suite SUITE = SharedSuite.SUITE;

    private static final Client CLIENT = new Client(SUITE.settings());
    private static final Metrics METRICS = new Metrics(SUITE.settings());

    /** Starts what the test has stopped, and waits until all services have noticed. */
    @AfterEach
    void bringEverythingBack() throws InterruptedException {
        for (String component : List.of("kafka", "user-service", "post-service")) {
            SUITE.start(component);
        }
        within(ofSeconds(20)).untilAsserted(() -> {
            for (Port management :
                    List.of(Port.GATEWAY_MANAGEMENT, Port.USER_SERVICE_MANAGEMENT, Port.POST_SERVICE_MANAGEMENT)) {
                assertThat(servicesKnownBy(management)).contains("user-service", "post-service");
            }
        });
    }

    private static List<String> servicesKnownBy(Port management) throws InterruptedException {
        return strings(Client.json(Http.get(SUITE.settings().url(management, "/actuator/health")))
                .at("/components/discoveryComposite/components/discoveryClient/details/services"));
    }

    @Test
    void firstPostsAreSeenByEverybodyAndDraftsByTheirAuthorAlone() throws InterruptedException {
        String email = Client.newAddress();
        HttpResponse<String> registered = CLIENT.post(
                "/api/users",
                Map.of(
                        "name",
                        "Ada Lovelace",
                        "email",
                        email,
                        "password",
                        Client.PASSWORD,
                        "posts",
                        List.of(NewPost.published("One"), NewPost.published("Two"), NewPost.draft("Three"))));
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        JsonNode promised = Client.json(registered);
        Member ada = new Member(id(promised), email);
        Tokens author = CLIENT.logIn(ada);
        Tokens reader = CLIENT.logIn(CLIENT.register());
        within(EVENTUALLY).until(() -> CLIENT.author(ada.id(), reader).isPresent());

        assertThat(CLIENT.items("/api/users/" + ada.id() + "/posts", author))
                .containsExactlyInAnyOrderElementsOf(promised.get("posts").values());

        for (String list : List.of(
                "/api/users/" + ada.id() + "/posts",
                "/api/posts?authorId=" + ada.id(),
                "/api/posts?authorEmail=" + ada.email())) {
            assertThat(titles(CLIENT.items(list, author))).containsExactlyInAnyOrder("One", "Two", "Three");
            assertThat(titles(CLIENT.items(list, reader))).containsExactlyInAnyOrder("One", "Two");
        }
        assertThat(titles(posts(ada, author))).containsExactlyInAnyOrder("One", "Two", "Three");
        assertThat(titles(posts(ada, reader))).containsExactlyInAnyOrder("One", "Two");

        List<JsonNode> drafts = CLIENT.items("/api/users/" + ada.id() + "/posts?published=false", author);
        assertThat(titles(drafts)).containsExactly("Three");
        String draft = id(drafts.getFirst());
        Client.assertProblem(CLIENT.get("/api/posts/" + draft, reader), 404, "post-not-found");
        assertThat(CLIENT.items("/api/posts?published=false", reader)).isEmpty();
        assertThat(CLIENT.items("/api/posts", reader)).extracting(PostsIT::id).doesNotContain(draft);
        assertThat(postCount(ada, author)).isEqualTo(2);
        assertThat(postCount(ada, reader)).isEqualTo(2);
    }

    @Test
    void whoHasJustRegisteredMayWriteAtOnce() throws InterruptedException {
        Map<Member, JsonNode> written = new ConcurrentHashMap<>();

        Parallel.each(IntStream.range(0, 8).boxed().toList(), number -> {
            Member member = CLIENT.register();
            Tokens tokens = CLIENT.logIn(member);
            written.put(member, CLIENT.write(NewPost.published("At once"), tokens));
        });

        Tokens reader = CLIENT.logIn(CLIENT.register());
        assertThat(written).hasSize(8);
        for (Map.Entry<Member, JsonNode> post : written.entrySet()) {
            assertThat(CLIENT.json("/api/posts/" + id(post.getValue()), reader)).isEqualTo(post.getValue());
            assertKnownAsRegistered(post.getKey(), reader);
            assertThat(postCount(post.getKey(), reader)).isEqualTo(1);
        }
    }

    @Test
    void aNewUserWritesWhileKafkaIsAwayAndTheFirstPostsComeLater() throws Exception {
        SharedSuite.without("kafka", () -> {
            Member ada = CLIENT.register(List.of(NewPost.published("With the registration")));
            Tokens tokens = CLIENT.logIn(ada);
            assertThat(CLIENT.author(ada.id(), tokens)).isEmpty();

            JsonNode post = CLIENT.write(NewPost.published("At once"), tokens);

            assertThat(post.at("/author/name").asString()).isEqualTo("Ada Lovelace");
            assertKnownAsRegistered(ada, tokens);
            assertThat(titles(posts(ada, tokens))).containsExactly("At once");

            SUITE.start("kafka");

            within(EVENTUALLY)
                    .untilAsserted(() ->
                            assertThat(titles(posts(ada, tokens))).containsExactly("At once", "With the registration"));
            assertKnownAsRegistered(ada, tokens);
            assertThat(postCount(ada, tokens)).isEqualTo(2);
        });
    }

    /** The read model has the same users as user-service. */
    private static void assertKnownAsRegistered(Member member, Tokens viewer) throws InterruptedException {
        JsonNode author = CLIENT.author(member.id(), viewer).orElseThrow();
        JsonNode user = CLIENT.json("/api/users/" + member.id(), viewer);
        assertThat(author.get("name")).isEqualTo(user.get("name"));
        assertThat(author.get("registeredAt")).isEqualTo(user.get("createdAt"));
    }

    @Test
    void aUserComesSoonWithoutTheirPostsWhilePostServiceIsAway() throws InterruptedException {
        Member ada = CLIENT.register();
        Tokens tokens = CLIENT.logIn(ada);
        CLIENT.write(NewPost.published("One"), tokens);
        assertThat(titles(posts(ada, tokens))).containsExactly("One");

        SUITE.kill("post-service");

        for (int call = 0; call < 20; call++) {
            assertThat(timeUntilWithoutPosts(ada, tokens)).isLessThan(SOON);
        }
        within(ofSeconds(5)).until(() -> {
            assertThat(timeUntilWithoutPosts(ada, tokens)).isLessThan(SOON);
            return isBreaker("open");
        });

        SUITE.start("post-service");

        within(ofSeconds(30)).untilAsserted(() -> {
            assertThat(titles(posts(ada, tokens))).containsExactly("One");
            assertThat(isBreaker("closed")).isTrue();
        });
    }

    private static Duration timeUntilWithoutPosts(Member member, Tokens viewer) throws InterruptedException {
        long begin = System.nanoTime();
        JsonNode user = CLIENT.json("/api/users/" + member.id() + "?include=posts", viewer);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(user.get("posts").isNull()).as(user.toString()).isTrue();
        assertThat(strings(user.get("degraded"))).containsExactly("posts");
        return took;
    }

    /** In user-service, then in post-service. */
    private static boolean isBreaker(String state) throws InterruptedException {
        return METRICS.sum(
                        Port.USER_SERVICE_MANAGEMENT,
                        "resilience4j_circuitbreaker_state",
                        "name=\"post-service\"",
                        "state=\"%s\"".formatted(state))
                == 1;
    }

    @Test
    void authorsWriteOnWhileUserServiceIsAway() throws InterruptedException {
        Member ada = CLIENT.register();
        Tokens tokens = CLIENT.logIn(ada);
        String first = id(CLIENT.write(NewPost.draft("One"), tokens));

        SUITE.kill("user-service");

        String second = id(CLIENT.write(NewPost.published("Two"), tokens));
        HttpResponse<String> changed = CLIENT.put("/api/posts/" + first, tokens, NewPost.published("One, done"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(titles(CLIENT.items("/api/users/" + ada.id() + "/posts", tokens)))
                .containsExactly("Two", "One, done");
        assertThat(postCount(ada, tokens)).isEqualTo(2);
        assertThat(CLIENT.delete("/api/posts/" + second, tokens).statusCode()).isEqualTo(204);
        assertThat(titles(CLIENT.items("/api/posts?authorEmail=" + ada.email(), tokens)))
                .containsExactly("One, done");
    }

    @Test
    void theAuthorsAreMadeAgainFromTheEvents() throws Exception {
        Member ada = CLIENT.register(List.of(NewPost.published("One"), NewPost.draft("Two")));
        Member silent = CLIENT.register();
        Member gone = CLIENT.register(List.of(NewPost.published("Gone")));
        Tokens tokens = CLIENT.logIn(ada);
        Tokens admin = CLIENT.logInAsAdmin();
        assertThat(CLIENT.put("/api/users/" + ada.id(), tokens, Map.of("name", "Ada King", "email", ada.email()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(CLIENT.delete("/api/users/" + gone.id(), admin).statusCode()).isEqualTo(204);
        within(EVENTUALLY).untilAsserted(() -> {
            assertThat(CLIENT.author(ada.id(), admin).orElseThrow().get("name").asString())
                    .isEqualTo("Ada King");
            assertThat(CLIENT.items("/api/authors", admin))
                    .extracting(PostsIT::id)
                    .containsExactlyInAnyOrderElementsOf(ids(CLIENT.items("/api/users", admin)));
        });
        ReadModel before = ReadModel.of(ada, admin);

        change("delete from author where id = '%s'".formatted(silent.id()));
        change("update author set name = '', email = 'x', registered_at = now(), version = 99");
        assertThat(ReadModel.of(ada, admin)).isNotEqualTo(before);

        assertThat(SUITE.consumers().replay("post-service")).contains("user-events-0", "user-events-5");

        within(EVENTUALLY)
                .untilAsserted(() -> assertThat(ReadModel.of(ada, admin)).isEqualTo(before));
        assertThat(before.authors())
                .extracting(PostsIT::id)
                .contains(silent.id())
                .doesNotContain(gone.id());
    }

    /** Everything that shows authors; the ETags of their posts contain the author's version. */
    private record ReadModel(
            List<JsonNode> authors, List<JsonNode> posts, List<JsonNode> postsByEmail, List<String> etags) {

        static ReadModel of(Member member, Tokens admin) throws InterruptedException {
            List<JsonNode> postsByEmail = CLIENT.items("/api/posts?authorEmail=" + member.email(), admin);
            List<String> etags = new ArrayList<>();
            for (JsonNode post : CLIENT.items("/api/users/" + member.id() + "/posts", admin)) {
                etags.add(CLIENT.get("/api/posts/" + id(post), admin)
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow());
            }
            return new ReadModel(
                    CLIENT.items("/api/authors", admin), CLIENT.items("/api/posts", admin), postsByEmail, etags);
        }
    }

    @Test
    void aBodyOfOneMebibyteIsReadAndNoLargerOne() throws InterruptedException {
        Tokens tokens = CLIENT.logIn(CLIENT.register());
        String largest = bodyOf(LARGEST_BODY);
        String larger = bodyOf(LARGEST_BODY + 1);

        for (BodyPublisher body : List.of(announced(largest), counted(largest))) {
            HttpResponse<String> response = send(body, tokens);
            Client.assertProblem(response, 400, "validation-failed");
            assertThat(Client.json(response).at("/errors/0/field").asString()).isEqualTo("content");
        }
        for (BodyPublisher body : List.of(announced(larger), counted(larger))) {
            Client.assertProblem(send(body, tokens), 413, "content-too-large");
        }
    }

    /** A new post of this many bytes. */
    private static String bodyOf(int bytes) {
        String begin = "{\"title\": \"Long\", \"content\": \"";
        String end = "\"}";
        return begin + "x".repeat(bytes - begin.length() - end.length()) + end;
    }

    private static BodyPublisher announced(String body) {
        return BodyPublishers.ofString(body);
    }

    /** Sends the body in chunks, without a content length. */
    private static BodyPublisher counted(String body) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(BodyPublisher body, Tokens tokens) throws InterruptedException {
        return Http.send(CLIENT.request("/api/posts", tokens)
                .header("Content-Type", "application/json")
                .POST(body));
    }

    @Test
    void everyChangeOfAPostIsAnnouncedInOrderAndTheAuthorTakesThePostsAlong() throws InterruptedException {
        Member ada = CLIENT.register();
        Tokens tokens = CLIENT.logIn(ada);
        Tokens reader = CLIENT.logIn(CLIENT.register());
        try (EventConsumer events = new EventConsumer(SUITE.settings().kafkaBootstrapServers(), "post-events")) {
            String deleted = id(CLIENT.write(NewPost.draft("One"), tokens));
            assertThat(CLIENT.put("/api/posts/" + deleted, tokens, NewPost.published("One"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(CLIENT.delete("/api/posts/" + deleted, tokens).statusCode())
                    .isEqualTo(204);
            assertAnnounced(events, deleted, "post.created", "post.updated", "post.deleted");
            String left = id(CLIENT.write(NewPost.published("Two"), tokens));

            assertThat(CLIENT.delete("/api/users/" + ada.id(), tokens).statusCode())
                    .isEqualTo(204);

            assertAnnounced(events, left, "post.created", "post.deleted");
            Client.assertProblem(CLIENT.get("/api/posts/" + left, reader), 404, "post-not-found");
            assertThat(CLIENT.items("/api/posts", reader))
                    .extracting(PostsIT::id)
                    .doesNotContain(left);
            assertThat(CLIENT.items("/api/posts?authorEmail=" + ada.email(), reader))
                    .isEmpty();
            assertThat(CLIENT.items("/api/users/" + ada.id() + "/posts", reader))
                    .isEmpty();
            assertThat(CLIENT.author(ada.id(), reader)).isEmpty();
        }
    }

    private static void assertAnnounced(EventConsumer events, String post, String... types) {
        for (String type : types) {
            assertThat(events.await(post, EVENTUALLY))
                    .hasValueSatisfying(event -> assertThat(event.type()).isEqualTo(type));
        }
    }

    /** A user's newest posts, which are read with the user. */
    private static List<JsonNode> posts(Member member, Tokens viewer) throws InterruptedException {
        return List.copyOf(CLIENT.json("/api/users/" + member.id() + "?include=posts", viewer)
                .get("posts")
                .values());
    }

    private static int postCount(Member member, Tokens viewer) throws InterruptedException {
        return CLIENT.author(member.id(), viewer).orElseThrow().get("postCount").asInt();
    }

    private static List<String> titles(Collection<JsonNode> posts) {
        return posts.stream().map(post -> post.get("title").asString()).toList();
    }

    private static List<String> ids(Collection<JsonNode> resources) {
        return resources.stream().map(PostsIT::id).toList();
    }

    private static String id(JsonNode resource) {
        return resource.get("id").asString();
    }

    private static List<String> strings(JsonNode array) {
        return array.values().stream().map(JsonNode::asString).toList();
    }

    /** Changes the database without post-service. */
    private static void change(String statement) throws SQLException {
        try (Connection database = DriverManager.getConnection(
                        SUITE.settings().postgres().database(ServiceDatabase.POSTS.name()),
                        ServiceDatabase.POSTS.role(),
                        Settings.LOCAL_PASSWORD);
                Statement change = database.createStatement()) {
            assertThat(change.executeUpdate(statement)).isPositive();
        }
    }

    private static ConditionFactory within(Duration limit) {
        return await().pollDelay(Duration.ZERO).pollInterval(ofMillis(50)).atMost(limit);
    }
}
