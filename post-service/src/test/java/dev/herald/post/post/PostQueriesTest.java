package dev.herald.post.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Statements;
import dev.herald.platform.testing.Statements.Plan;
import dev.herald.platform.testing.Statements.Statement;
import dev.herald.platform.testing.TestTokens;
import dev.herald.post.PostServiceTest;
import dev.herald.post.TestAuthor;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The cost of requests to a database with 100,000 posts by 20,000 authors; one post in ten is a draft. */
@PostServiceTest
class PostQueriesTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @Autowired
    private Statements statements;

    private static UUID author = new UUID(0, 0);

    @BeforeAll
    static void fill(@Autowired JdbcTemplate jdbc) {
        jdbc.update("delete from author");
        jdbc.update("""
                insert into author (id, name, email, email_key, registered_at, version)
                select uuidv7(), 'Author ' || n, n || '@example.com', n || '@example.com', now() - n * interval '1 hour', 0
                from generate_series(1, 20000) n
                """);
        author = jdbc.queryForList("select id from author where name = 'Author 17'", UUID.class)
                .getFirst();
        // Without this the planner may plan for the empty table that it was before, and join row by row.
        jdbc.execute("analyze author");
        jdbc.update("""
                insert into post (id, author_id, title, content, published, created_at, updated_at, version)
                select uuidv7(), author.id, 'Title', 'Content', n % 10 > 0, now() - n * interval '1 minute', now(), 0
                from (select id, row_number() over () as number from author) author
                join generate_series(1, 100000) n on author.number = case when n % 1000 = 1 then 17 else n % 20000 + 1 end
                """);
        jdbc.execute("vacuum analyze author, post");
    }

    @AfterAll
    static void empty(@Autowired JdbcTemplate jdbc) {
        jdbc.update("delete from author");
        jdbc.execute("vacuum analyze author, post");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/posts?published=true, post_published_newest",
        "/api/posts, post_published_newest",
        "/api/posts?published=false, post_by_author",
        "/api/posts?authorId={author}, post_published_by_author",
        "/api/users/{author}/posts, post_published_by_author",
        "/api/users/{author}/posts?published=true, post_published_by_author",
        "/api/authors, author_by_name",
        "/api/authors, post_published_by_author",
        "/api/authors?registeredAfter=2000-01-01, author_by_name",
        "/api/authors?registeredAfter={yesterday}, author_by_registration",
        "/api/authors?registeredAfter={yesterday}&sort=-postCount, author_by_registration"
    })
    void findsAPageByItsIndex(String path, String index) {
        Statement statement = only(statements.of(() -> get(user(), path)));

        Plan plan = Statements.explain(statement, database);

        assertThat(plan.sequentialScans()).as("%s", plan).isEmpty();
        assertThat(plan.indexes()).as("%s", plan).contains(index);
    }

    /** The cursor is a condition of the index, not a filter on what was read. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/api/posts?published=true", "/api/posts", "/api/users/{author}/posts", "/api/authors?sort=name"
            })
    void findsTheNextPageAsQuickly(String path) {
        String cursor = get(user(), path).text("nextCursor");
        String next = path + (path.contains("?") ? "&" : "?") + "cursor=" + cursor;

        Plan plan = Statements.explain(only(statements.of(() -> get(user(), next))), database);

        assertThat(plan.sequentialScans()).as("%s", plan).isEmpty();
        assertThat(plan.toString()).containsPattern("\"Index Cond\" : \".*ROW\\((created_at|name), id\\)");
    }

    @Test
    void findsDraftsForAnAdministratorByTheirIndex() {
        Api admin = new Api(http).as(TestTokens.admin());

        Plan plan = Statements.explain(only(statements.of(() -> get(admin, "/api/posts?published=false"))), database);

        assertThat(plan.sequentialScans()).as("%s", plan).isEmpty();
        assertThat(plan.indexes()).contains("post_draft_newest");
    }

    @Test
    void findsAnAuthorByAddressAndThenTheirPosts() {
        List<Statement> both = statements.of(() -> get(user(), "/api/posts?authorEmail=17@example.com"));

        assertThat(both).hasSize(2);
        assertThat(Statements.explain(both.getFirst(), database).indexes()).containsOnly("author_by_email_key");
        assertThat(both.stream().map(statement -> Statements.explain(statement, database)))
                .allSatisfy(plan ->
                        assertThat(plan.sequentialScans()).as("%s", plan).isEmpty());
    }

    /** All posts must be counted to find the authors with the most: this list's cost grows with the posts. */
    @Test
    void countsAllPostsForTheOrderByCount() {
        Statement statement = only(statements.of(() -> get(user(), "/api/authors?sort=-postCount")));

        assertThat(Statements.explain(statement, database).toString()).contains("Aggregate");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/posts, 1, 1",
        "/api/posts, 100, 1",
        "/api/users/{author}/posts, 1, 1",
        "/api/users/{author}/posts, 100, 1",
        "/api/authors, 1, 1",
        "/api/authors, 100, 1"
    })
    void costsTheSameNumberOfStatementsHoweverLongAPageIs(String path, int limit, int count) {
        assertThat(statements.of(() -> get(user(), path + "?limit=" + limit))).hasSize(count);
    }

    @Test
    void countsTheStatementsOfEveryRequest() {
        TestAuthor ada = TestAuthor.known("Ada", jdbc, http);
        Map<String, Object> post = Map.of("title", "Title", "content", "Content", "published", false);
        Map<String, Object> changed = Map.of("title", "Title", "content", "Content", "published", true);

        // Reads the author; inserts the post and its event.
        assertThat(statements.of(() -> ada.api().post("/api/posts", post).expect(201)))
                .hasSize(3);
        String path = "/api/posts/" + ada.api().post("/api/posts", post).text("id");
        assertThat(statements.of(() -> ada.api().get(path).expect(200))).hasSize(1);
        // Locks the post; reads its author; writes the change and its event.
        assertThat(statements.of(() -> ada.api().put(path, changed).expect(200)))
                .hasSize(4);
        assertThat(statements.of(() -> ada.api().delete(path).expect(204))).hasSize(4);
    }

    private static Statement only(List<Statement> statements) {
        assertThat(statements).hasSize(1);
        return statements.getFirst();
    }

    private Api user() {
        return new Api(http).as(TestTokens.bearer(UUID.randomUUID()));
    }

    private Api.Answer get(Api caller, String path) {
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        return caller.get(path.replace("{author}", author.toString()).replace("{yesterday}", yesterday))
                .expect(200);
    }
}
