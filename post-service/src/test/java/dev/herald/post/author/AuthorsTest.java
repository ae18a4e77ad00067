package dev.herald.post.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.Routes;
import dev.herald.platform.testing.TestTokens;
import dev.herald.post.PostServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@PostServiceTest
class AuthorsTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private Authors authors;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ApplicationContext service;

    @BeforeEach
    void forgetEverybody() {
        jdbc.update("delete from post");
        jdbc.update("delete from author");
    }

    @Nested
    class Listing {

        @Test
        void countsPublishedPosts() {
            UUID ada = author("Ada");
            author("Bob");
            post(ada, true);
            post(ada, true);
            post(ada, false);

            assertThat(list("").json()
                            .get("items")
                            .valueStream()
                            .map(author -> author.get("postCount").asLong()))
                    .containsExactly(2L, 0L);
        }

        @Test
        void pagesByName() {
            for (String name : List.of("Eve", "Ada", "Dan", "Cid", "Ada")) {
                author(name);
            }
            List<String> seen = new ArrayList<>();
            Answer page = list("?limit=2");
            seen.addAll(names(page));
            while (page.json().has("nextCursor")) {
                String link = String.valueOf(page.header("Link"));
                assertThat(link).matches("</api/authors\\?.*>; rel=\"next\"");
                assertThat(link).contains(page.text("nextCursor")).contains("limit=2");
                page = list(link.substring(link.indexOf('?'), link.indexOf('>')));
                seen.addAll(names(page));
            }

            assertThat(seen).containsExactly("Ada", "Ada", "Cid", "Dan", "Eve");
            assertThat(page.header("Link")).isNull();
        }

        @Test
        void pagesByPostCount() {
            for (String name : List.of("Ada", "Dan", "Cid", "Bob")) {
                UUID author = author(name);
                post(author, false);
                if (name.compareTo("Cid") >= 0) {
                    post(author, true);
                }
            }
            post(author("Zoe"), true);
            UUID eve = author("Eve");
            post(eve, true);
            post(eve, true);

            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                Answer page = list("?sort=-postCount&limit=2" + cursor);
                seen.addAll(names(page));
                cursor = page.json().has("nextCursor") ? "&cursor=" + page.text("nextCursor") : "";
            } while (!cursor.isEmpty());

            assertThat(seen).containsExactly("Eve", "Cid", "Dan", "Zoe", "Ada", "Bob");
        }

        @Test
        void showsWhoRegisteredAfterAMoment() {
            author("Ada");
            UUID bob = author("Bob");
            jdbc.update("update author set registered_at = '2026-01-05T09:30:00Z' where id = ?", bob);

            assertThat(names(list("?registeredAfter=2026-01-05"))).containsExactly("Bob");
            assertThat(names(list("?registeredAfter=2026-01-05T09:30:00Z"))).isEmpty();
            assertThat(names(list("?registeredAfter=2026-01-05T09:29:59Z&sort=-postCount")))
                    .containsExactly("Bob");
        }

        @ParameterizedTest
        @CsvSource({
            "sort=email, validation-failed",
            "registeredAfter=yesterday, validation-failed",
            "sort=-postCount&cursor=WyJBZGEiLCIwMTk5ODVmZS0xMTJhLTcwMDAtOGFiYy0zNTFhYjJmMWNkMDAiXQ, invalid-cursor",
            "sort=-postCount&cursor=WyJ4IiwiQWRhIiwiMDE5OTg1ZmUtMTEyYS03MDAwLThhYmMtMzUxYWIyZjFjZDAwIl0, invalid-cursor"
        })
        void refusesAnOrderOrMomentThatIsNone(String query, String code) {
            list("?" + query).problem(400, code);
        }

        @ParameterizedTest
        @CsvSource({
            "limit=0, validation-failed",
            "limit=101, validation-failed",
            "limit=many, validation-failed",
            "cursor=forged, invalid-cursor",
            "cursor=WyJBZGEiLCJubyB1dWlkIl0, invalid-cursor"
        })
        void refusesABadParameter(String query, String code) {
            JsonNode problem = list("?" + query).problem(400, code);

            if (code.equals("validation-failed")) {
                assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("limit");
            }
        }
    }

    @Test
    void asksForATokenOnEveryRoute() {
        Routes.assertDenyByDefault(service, http);
    }

    @Test
    void refusesEveryBadToken() {
        Routes.assertBadTokensAreRefused(service, http, "/api/authors");
    }

    private UUID author(String name) {
        UUID id = UUID.randomUUID();
        authors.apply(new UserEvent(id, name, id + "@example.com", Instant.EPOCH, 0, Optional.empty()));
        return id;
    }

    private void post(UUID author, boolean published) {
        jdbc.update("""
                insert into post (id, author_id, title, content, published, created_at, updated_at, version)
                values (?, ?, 'title', 'content', ?, now(), now(), 0)
                """, UUID.randomUUID(), author, published);
    }

    private Answer list(String query) {
        return new Api(http).as(TestTokens.bearer(UUID.randomUUID())).get("/api/authors" + query);
    }

    private static List<String> names(Answer page) {
        return page.expect(200)
                .json()
                .get("items")
                .valueStream()
                .map(author -> author.get("name").asString())
                .toList();
    }
}
