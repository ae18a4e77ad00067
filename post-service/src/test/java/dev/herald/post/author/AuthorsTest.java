package dev.herald.post.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.ServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@Import(UserEventsTopic.class)
class AuthorsTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private Authors authors;

    @Autowired
    private JdbcTemplate jdbc;

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

            assertThat(list("").get("items")
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
            EntityExchangeResult<String> page = get("?limit=2");
            seen.addAll(names(json(page)));
            while (json(page).has("nextCursor")) {
                String link = String.valueOf(page.getResponseHeaders().getFirst("Link"));
                assertThat(link).matches("</api/authors\\?.*>; rel=\"next\"");
                assertThat(link)
                        .contains(json(page).get("nextCursor").asString())
                        .contains("limit=2");
                page = getUri(link.substring(1, link.indexOf('>')));
                seen.addAll(names(json(page)));
            }

            assertThat(seen).containsExactly("Ada", "Ada", "Cid", "Dan", "Eve");
            assertThat(page.getResponseHeaders().getFirst("Link")).isNull();
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
            JsonNode problem = JsonMapper.shared()
                    .readTree(String.valueOf(http.get()
                            .uri("/api/authors?" + query)
                            .exchange()
                            .expectStatus()
                            .isBadRequest()
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody()));

            assertThat(problem.get("code").asString()).isEqualTo(code);
            if (code.equals("validation-failed")) {
                assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("limit");
            }
        }
    }

    private UUID author(String name) {
        UUID id = UUID.randomUUID();
        authors.apply(new User(id, name, id + "@example.com", Instant.EPOCH, 0, Optional.empty()));
        return id;
    }

    private void post(UUID author, boolean published) {
        jdbc.update("""
                insert into post (id, author_id, title, content, published, created_at, updated_at, version)
                values (?, ?, 'title', 'content', ?, now(), now(), 0)
                """, UUID.randomUUID(), author, published);
    }

    private JsonNode list(String query) {
        return json(get(query));
    }

    private EntityExchangeResult<String> get(String query) {
        return getUri("/api/authors" + query);
    }

    private EntityExchangeResult<String> getUri(String uri) {
        return http.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
    }

    private static JsonNode json(EntityExchangeResult<String> response) {
        @Nullable String body = response.getResponseBody();
        return JsonMapper.shared().readTree(String.valueOf(body));
    }

    private static List<String> names(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(author -> author.get("name").asString())
                .toList();
    }
}
