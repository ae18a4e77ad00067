package dev.herald.post.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.TestTokens;
import dev.herald.platform.testing.Unicode;
import dev.herald.post.PostServiceTest;
import dev.herald.post.TestAuthor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@PostServiceTest
class PostApiTest {

    private static final Map<String, Object> PUBLISHED =
            Map.of("title", "Title", "content", "Content", "published", true);
    private static final Map<String, Object> DRAFT = Map.of("title", "Title", "content", "Content", "published", false);

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    private TestAuthor ada;
    private TestAuthor bob;
    private Api admin;

    @BeforeEach
    void authors() {
        ada = TestAuthor.known("Ada", jdbc, http);
        bob = TestAuthor.known("Bob", jdbc, http);
        admin = new Api(http).as(TestTokens.admin());
    }

    @Nested
    class Writing {

        @Test
        void storesADraftByDefault() {
            Answer written = ada.api()
                    .post("/api/posts", Map.of("title", "Notes", "content", "On the engine"))
                    .expect(201);

            JsonNode post = written.json();
            assertThat(post.propertyNames())
                    .containsExactly("id", "author", "title", "content", "published", "createdAt", "updatedAt");
            assertThat(post.get("author").toString()).isEqualTo("{\"id\":\"%s\",\"name\":\"Ada\"}".formatted(ada.id()));
            assertThat(post.get("published").asBoolean()).isFalse();
            assertThat(written.header("Location")).isEqualTo("/api/posts/" + written.text("id"));
            Answer read = ada.api().get("/api/posts/" + written.text("id")).expect(200);
            assertThat(read.json()).isEqualTo(post);
            assertThat(read.etag()).isEqualTo(written.etag()).matches("\"[^\"]+\"");
        }

        @Test
        void publishesAtOnce() {
            Answer written = ada.api().post("/api/posts", PUBLISHED).expect(201);

            assertThat(written.text("publishedAt")).isEqualTo(written.text("createdAt"));
            bob.api().get("/api/posts/" + written.text("id")).expect(200);
        }

        static Stream<Map<String, Object>> invalid() {
            return Stream.of(
                    Map.of("content", "Content"),
                    Map.of("title", "Title"),
                    Map.of("title", " ", "content", "Content"),
                    Map.of("title", "T".repeat(201), "content", "Content"),
                    Map.of("title", "Title", "content", ""),
                    Map.of("title", "Title", "content", "C".repeat(20_001)),
                    Map.of("title", "U+0000 \u0000", "content", "Content"),
                    Map.of("title", "Title", "content", "half a pair \ud83d"));
        }

        @ParameterizedTest
        @MethodSource("invalid")
        void refusesWhatIsNoPost(Map<String, Object> post) {
            ada.api().post("/api/posts", post).problem(400, "validation-failed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"title\": \"Title\", \"content\": \"Content\", \"authorId\": \"0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d\"}",
                    "{\"title\": \"Title\", \"content\": \"Content\", \"published\": \"yes\"}",
                    "{\"title\": \"Title\", \"content\": \"Content\", \"published\": null}",
                    "{\"title\": 1, \"content\": \"Content\"}",
                    "[]",
                    "{",
                    ""
                })
        void refusesWhatItCannotRead(String body) {
            ada.api().post("/api/posts", body).problem(400, "malformed-request");
        }

        @Test
        void returnsEveryCharacterAsItCame() {
            String title = Unicode.OF_EVERY_KIND;
            String id = ada.api()
                    .post("/api/posts", Map.of("title", title, "content", title, "published", true))
                    .expect(201)
                    .text("id");

            JsonNode read = bob.api().get("/api/posts/" + id).json();

            assertThat(read.get("title").asString()).isEqualTo(title);
            assertThat(read.get("content").asString()).isEqualTo(title);
            assertThat(list(bob.api(), "?authorId=" + ada.id()).getFirst()).isEqualTo(read);
        }

        @Test
        void happensOnceHoweverOftenItIsRepeated() {
            Api repeating = ada.api().with("Idempotency-Key", UUID.randomUUID().toString());
            Answer first = repeating.post("/api/posts", DRAFT).expect(201);

            Answer second = repeating.post("/api/posts", DRAFT).expect(201);

            assertThat(second.json()).isEqualTo(first.json());
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(second.etag()).isEqualTo(first.etag());
            assertThat(second.header("Location")).isEqualTo(first.header("Location"));
            assertThat(list(ada.api(), "?authorId=" + ada.id())).hasSize(1);
            repeating.post("/api/posts", PUBLISHED).problem(422, "idempotency-key-reused");
        }

        @Test
        void happensOnceForEachWhoSendsTheSameKey() {
            String key = UUID.randomUUID().toString();

            for (TestAuthor author : List.of(ada, bob)) {
                Answer written = author.api()
                        .with("Idempotency-Key", key)
                        .post("/api/posts", DRAFT)
                        .expect(201);

                assertThat(written.header("Idempotency-Replayed")).isNull();
                assertThat(written.json().at("/author/id").asString())
                        .isEqualTo(author.id().toString());
                assertThat(list(author.api(), "?authorId=" + author.id())).hasSize(1);
            }
        }
    }

    @Nested
    class Reading {

        @Test
        void showsWhatIsPublishedToEverybody() {
            Answer written = ada.api().post("/api/posts", PUBLISHED);

            Answer read =
                    bob.api().get(String.valueOf(written.header("Location"))).expect(200);

            assertThat(read.json()).isEqualTo(written.json());
            assertThat(read.header("Cache-Control")).isEqualTo("private, no-cache");
            bob.api()
                    .with("If-None-Match", read.etag())
                    .get("/api/posts/" + read.text("id"))
                    .expect(304);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "If-None-Match | * | 304",
                    "If-None-Match | \"other\", TAG | 304",
                    "If-None-Match | \"other\" | 200",
                    "If-Match | * | 200",
                    "If-Match | \"other\", TAG | 200",
                    "If-Match | \"other\" | 412"
                })
        void honoursPreconditions(String header, String value, int status) {
            Answer written = ada.api().post("/api/posts", PUBLISHED);

            bob.api()
                    .with(header, value.replace("TAG", written.etag()))
                    .get(String.valueOf(written.header("Location")))
                    .expect(status);
        }

        @Test
        void isAnotherRepresentationWhenItsAuthorIsCalledOtherwise() {
            String path = String.valueOf(ada.api().post("/api/posts", PUBLISHED).header("Location"));
            String before = bob.api().get(path).etag();
            jdbc.update("update author set name = 'Ada King', version = 1 where id = ?", ada.id());

            Answer read = bob.api().with("If-None-Match", before).get(path).expect(200);

            assertThat(read.json().at("/author/name").asString()).isEqualTo("Ada King");
            assertThat(read.etag()).isNotEqualTo(before);
        }

        @Test
        void answersForAnotherUsersDraftAsForAMissingPost() {
            String draft = ada.api().post("/api/posts", DRAFT).text("id");
            UUID nobodys = UUID.randomUUID();

            JsonNode hidden = bob.api().get("/api/posts/" + draft).problem(404, "post-not-found");
            JsonNode missing = bob.api().get("/api/posts/" + nobodys).problem(404, "post-not-found");

            assertThat(hidden.get("detail").asString().replace(draft, ""))
                    .isEqualTo(missing.get("detail").asString().replace(nobodys.toString(), ""));
            ada.api().get("/api/posts/" + draft).expect(200);
            admin.get("/api/posts/" + draft).expect(200);
        }

        @Test
        void refusesAnIdThatIsNone() {
            bob.api().get("/api/posts/first").problem(400, "malformed-request");
        }
    }

    @Nested
    class Listing {

        private final List<String> adasPublished = new ArrayList<>();
        private final List<String> adasDrafts = new ArrayList<>();
        private final List<String> bobsDrafts = new ArrayList<>();

        @BeforeEach
        void posts() {
            jdbc.update("delete from post");
            for (int i = 0; i < 3; i++) {
                adasPublished.addFirst(write(ada, PUBLISHED));
                adasDrafts.addFirst(write(ada, DRAFT));
                bobsDrafts.addFirst(write(bob, DRAFT));
            }
        }

        private static String write(TestAuthor author, Map<String, Object> post) {
            return author.api().post("/api/posts", post).expect(201).text("id");
        }

        private static List<String> ids(Api caller, String query) {
            return list(caller, query).stream()
                    .map(post -> post.get("id").asString())
                    .toList();
        }

        @Test
        void listsPublishedPostsAndOwnDrafts() {
            assertThat(ids(bob.api(), "")).hasSize(6).containsAll(adasPublished).containsAll(bobsDrafts);
            assertThat(ids(TestAuthor.unknown("Eve", http).api(), "")).isEqualTo(adasPublished);
            assertThat(ids(admin, "")).hasSize(9);
        }

        @Test
        void isNewestFirst() {
            List<String> created = list(admin, "").stream()
                    .map(post -> post.get("createdAt").asString())
                    .toList();

            assertThat(created).isSortedAccordingTo((one, other) -> other.compareTo(one));
        }

        @Test
        void filtersByState() {
            assertThat(ids(bob.api(), "?published=true")).isEqualTo(adasPublished);
            assertThat(ids(bob.api(), "?published=false")).isEqualTo(bobsDrafts);
            assertThat(ids(admin, "?published=false")).hasSize(6);
        }

        @Test
        void filtersByAuthor() {
            assertThat(ids(bob.api(), "?authorId=" + ada.id())).isEqualTo(adasPublished);
            assertThat(ids(bob.api(), "?authorId=" + bob.id())).isEqualTo(bobsDrafts);
            assertThat(ids(ada.api(), "?authorId=" + ada.id())).hasSize(6);
            assertThat(ids(admin, "?authorId=%s&published=false".formatted(ada.id())))
                    .isEqualTo(adasDrafts);
            assertThat(ids(bob.api(), "?authorId=%s&published=false".formatted(ada.id())))
                    .isEmpty();
            assertThat(ids(bob.api(), "?authorId=" + UUID.randomUUID())).isEmpty();
        }

        @Test
        void filtersByAddressInWhateverCase() {
            assertThat(ids(bob.api(), "?authorEmail=" + ada.email().toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(adasPublished);
            assertThat(ids(bob.api(), "?authorEmail=nobody@example.com")).isEmpty();
            assertThat(ids(bob.api(), "?authorEmail=nonsense")).isEmpty();
            assertThat(ids(bob.api(), "?authorEmail=%s&authorId=%s".formatted(ada.email(), bob.id())))
                    .isEmpty();
        }

        @Test
        void showsTheSameOfOneUser() {
            String path = "/api/users/%s/posts".formatted(ada.id());

            assertThat(ids(bob.api().get(path))).isEqualTo(adasPublished);
            assertThat(ids(ada.api().get(path + "?published=false"))).isEqualTo(adasDrafts);
            assertThat(ids(ada.api().get("/api/users/%s/posts".formatted(UUID.randomUUID()))))
                    .isEmpty();
        }

        private static List<String> ids(Answer page) {
            return page.expect(200)
                    .json()
                    .get("items")
                    .valueStream()
                    .map(post -> post.get("id").asString())
                    .toList();
        }

        /** Also if many posts have the same time. */
        @ParameterizedTest
        @ValueSource(strings = {"", "&published=true", "&published=false"})
        void givesEveryPostOncePageByPage(String filter) {
            jdbc.update("update post set created_at = date_trunc('hour', created_at)");
            List<String> all = ids(admin, "?limit=100" + filter);

            List<String> seen = new ArrayList<>();
            Answer page = admin.get("/api/posts?limit=2" + filter).expect(200);
            seen.addAll(ids(page));
            while (page.json().has("nextCursor")) {
                String link = String.valueOf(page.header("Link"));
                assertThat(link).startsWith("</api/posts?").endsWith(">; rel=\"next\"");
                page = admin.get(link.substring(1, link.indexOf('>'))).expect(200);
                seen.addAll(ids(page));
            }

            assertThat(seen).isEqualTo(all).doesNotHaveDuplicates();
        }

        @Test
        void showsNoMoreForAForgedCursor() {
            String beforeAll =
                    Cursor.of("9999-12-31T23:59:59Z", new UUID(-1, -1)).encode();
            JsonNode newest = admin.get("/api/posts/" + bobsDrafts.getFirst()).json();
            String besideADraft = Cursor.of(
                            newest.get("createdAt").asString(), newest.get("id").asString())
                    .encode();
            Api eve = TestAuthor.unknown("Eve", http).api();

            for (String cursor : List.of(beforeAll, besideADraft)) {
                assertThat(ids(eve, "?cursor=" + cursor)).isEqualTo(adasPublished);
                assertThat(ids(eve, "?published=false&cursor=" + cursor)).isEmpty();
                assertThat(ids(eve, "?authorId=%s&cursor=%s".formatted(bob.id(), cursor)))
                        .isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "limit=0, validation-failed",
            "limit=101, validation-failed",
            "published=maybe, validation-failed",
            "published=, validation-failed",
            "limit=0x5, validation-failed",
            "limit=1&limit=2, validation-failed",
            "q=a, validation-failed",
            "cursor=, validation-failed",
            "authorId=ada, validation-failed",
            "authorEmail=, validation-failed",
            "cursor=forged, invalid-cursor",
            "cursor=WyJBZGEiLCJubyB1dWlkIl0, invalid-cursor",
            "cursor=WyIrMTAwMDAwMDAtMDEtMDFUMDA6MDA6MDBaIiwiMDE5OTg1ZmUtMTEyYS03MDAwLThhYmMtMzUxYWIyZjFjZDAwIl0, invalid-cursor"
        })
        void refusesABadParameter(String query, String code) {
            bob.api().get("/api/posts?" + query).problem(400, code);
            if (!query.startsWith("author")) {
                bob.api()
                        .get("/api/users/%s/posts?%s".formatted(ada.id(), query))
                        .problem(400, code);
            }
        }
    }

    @Nested
    class Replacing {

        @Test
        void publishesAndUnpublishes() {
            Answer draft = ada.api().post("/api/posts", DRAFT);
            String path = "/api/posts/" + draft.text("id");

            Answer published =
                    ada.api().put(path, post("New title", "New content", true)).expect(200);

            assertThat(published.text("title")).isEqualTo("New title");
            assertThat(published.text("content")).isEqualTo("New content");
            assertThat(published.text("createdAt")).isEqualTo(draft.text("createdAt"));
            assertThat(published.text("publishedAt")).isEqualTo(published.text("updatedAt"));
            assertThat(published.etag()).isNotEqualTo(draft.etag());
            assertThat(bob.api().get(path).json()).isEqualTo(published.json());
            Answer takenBack =
                    ada.api().put(path, post("New title", "New content", false)).expect(200);
            assertThat(takenBack.json().has("publishedAt")).isFalse();
            bob.api().get(path).problem(404, "post-not-found");
        }

        @Test
        void doesNotIncrementTheVersionWithoutAChange() {
            Answer written = ada.api().post("/api/posts", PUBLISHED);

            Answer same =
                    ada.api().put("/api/posts/" + written.text("id"), PUBLISHED).expect(200);

            assertThat(same.json()).isEqualTo(written.json());
            assertThat(same.etag()).isEqualTo(written.etag());
        }

        @Test
        void refusesAStaleIfMatch() {
            Answer written = ada.api().post("/api/posts", PUBLISHED);
            String path = "/api/posts/" + written.text("id");
            Api careful = ada.api().with("If-Match", written.etag());
            careful.put(path, post("First", "Content", true)).expect(200);

            careful.put(path, post("Second", "Content", true)).problem(412, "precondition-failed");
            ada.api()
                    .with("If-None-Match", "*")
                    .put(path, post("Third", "Content", true))
                    .problem(412, "precondition-failed");

            assertThat(ada.api().get(path).text("title")).isEqualTo("First");
        }

        @Test
        void letsOneOfManyWinWhoHaveSeenTheSame() throws Exception {
            Answer written = ada.api().post("/api/posts", PUBLISHED);
            String path = "/api/posts/" + written.text("id");
            Api careful = ada.api().with("If-Match", written.etag());
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Integer>> changes = IntStream.range(0, 6)
                        .<Callable<Integer>>mapToObj(number ->
                                () -> careful.put(path, post("Title " + number, "Content", true))
                                        .status())
                        .toList();

                List<Future<Integer>> statuses = clients.invokeAll(changes);

                assertThat(statuses.stream().map(Future::resultNow))
                        .containsOnly(200, 412)
                        .containsOnlyOnce(200);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"title", "content", "published"})
        void wantsTheWhole(String field) {
            String path = "/api/posts/" + ada.api().post("/api/posts", DRAFT).text("id");
            Map<String, @Nullable Object> part = new HashMap<>(PUBLISHED);
            part.remove(field);

            JsonNode problem = ada.api().put(path, part).problem(400, "validation-failed");

            assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
            assertThat(problem.at("/errors/0/code").asString()).isEqualTo("required");
            part.put(field, null);
            assertThat(ada.api()
                            .put(path, part)
                            .problem(400, "validation-failed")
                            .get("errors"))
                    .isEqualTo(problem.get("errors"));
        }

        @Test
        void isForTheAuthorAndAdministrators() {
            String published =
                    "/api/posts/" + ada.api().post("/api/posts", PUBLISHED).text("id");
            String draft = "/api/posts/" + ada.api().post("/api/posts", DRAFT).text("id");
            Api stranger = bob.api().with("If-Match", "\"stale\"");

            stranger.put(published, PUBLISHED).problem(403, "forbidden");
            stranger.put(draft, PUBLISHED).problem(404, "post-not-found");
            stranger.put("/api/posts/" + UUID.randomUUID(), PUBLISHED).problem(404, "post-not-found");
            admin.put(draft, post("Moderated", "Content", false)).expect(200);
            assertThat(ada.api().get(draft).text("title")).isEqualTo("Moderated");
        }

        private static Map<String, Object> post(String title, String content, boolean published) {
            return Map.of("title", title, "content", content, "published", published);
        }
    }

    @Nested
    class Deleting {

        @Test
        void removesThePost() {
            String path =
                    "/api/posts/" + ada.api().post("/api/posts", PUBLISHED).text("id");

            assertThat(ada.api().delete(path).expect(204).result().getResponseBody())
                    .isNull();

            ada.api().get(path).problem(404, "post-not-found");
            ada.api().delete(path).problem(404, "post-not-found");
        }

        @Test
        void refusesAStaleIfMatch() {
            String path =
                    "/api/posts/" + ada.api().post("/api/posts", PUBLISHED).text("id");

            ada.api().with("If-Match", "\"7-0\"").delete(path).problem(412, "precondition-failed");

            ada.api().get(path).expect(200);
        }

        @Test
        void isForTheAuthorAndAdministrators() {
            String published =
                    "/api/posts/" + ada.api().post("/api/posts", PUBLISHED).text("id");
            String draft = "/api/posts/" + ada.api().post("/api/posts", DRAFT).text("id");

            bob.api().delete(published).problem(403, "forbidden");
            bob.api().delete(draft).problem(404, "post-not-found");
            admin.delete(published).expect(204);
        }
    }

    private static List<JsonNode> list(Api caller, String query) {
        return caller.get("/api/posts" + query)
                .expect(200)
                .json()
                .get("items")
                .valueStream()
                .toList();
    }
}
