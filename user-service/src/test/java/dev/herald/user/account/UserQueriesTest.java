package dev.herald.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.Statements;
import dev.herald.platform.testing.Statements.Plan;
import dev.herald.platform.testing.Statements.Statement;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The cost of the list of users in a database with 100,000 users. */
@UserServiceTest
class UserQueriesTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private Users users;

    @Autowired
    private DataSource database;

    @Autowired
    private Statements statements;

    private Api viewer;

    @BeforeAll
    static void fill(@Autowired JdbcTemplate jdbc) {
        jdbc.update("""
                insert into users (id, name, email, email_key, password_hash, roles, created_at, updated_at, version)
                select uuidv7(), 'User ' || n, n || '@row.example', n || '@row.example', '', '{USER}', now() - n * interval '1 minute', now(), 0
                from generate_series(1, 100000) n
                """);
        jdbc.execute("vacuum analyze users");
    }

    @AfterAll
    static void empty(@Autowired JdbcTemplate jdbc) {
        jdbc.update("delete from users where email like '%@row.example'");
        jdbc.execute("vacuum analyze users");
    }

    @BeforeEach
    void register() {
        viewer = TestUser.register(new Api(http)).api();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/users, users_by_creation",
        "/api/users?name=user, users_by_creation",
        "/api/users?name=user%204217, users_by_name",
        "/api/users?registeredAfter=2000-01-01, users_by_creation",
        "/api/users?registeredAfter={yesterday}, users_by_creation",
        "/api/users?name=user%204217&registeredAfter={yesterday}, users_by_name",
        "/api/users?name=user&registeredAfter={yesterday}, users_by_creation"
    })
    void findsAPageByItsIndex(String path, String index) {
        Plan plan = planOf(path);

        assertThat(plan.sequentialScans()).as("%s", plan).isEmpty();
        assertThat(plan.indexes()).as("%s", plan).contains(index);
    }

    /** The cursor is a condition of the index, not a filter on what was read. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/users?limit=20", "/api/users?name=user", "/api/users?registeredAfter=2000-01-01"})
    void findsTheNextPageAsQuickly(String path) {
        Plan plan = planOf(path + "&cursor=" + get(path).text("nextCursor"));

        assertThat(plan.sequentialScans()).as("%s", plan).isEmpty();
        assertThat(plan.toString()).containsPattern("\"Index Cond\" : \".*ROW\\(created_at, id\\)");
    }

    @Test
    void findsAnAccountByItsAddressByItsIndexes() {
        List<Statement> found = statements.of(
                () -> assertThat(users.findByEmail("4217@ROW.example")).isPresent());

        Plan plan = Statements.explain(found.getFirst(), database);
        assertThat(plan.sequentialScans()).as("%s", plan).isEmpty();
        assertThat(plan.indexes()).as("%s", plan).containsExactlyInAnyOrder("users_email_key", "users_email_as_typed");
    }

    /** Ignores the statements of background work, which do not read users. */
    private Plan planOf(String path) {
        List<Statement> lists = statements.of(() -> get(path)).stream()
                .filter(statement -> statement.sql().contains("from users"))
                .toList();
        assertThat(lists).hasSize(1);
        return Statements.explain(lists.getFirst(), database);
    }

    private Answer get(String path) {
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        return viewer.get(path.replace("{yesterday}", yesterday)).expect(200);
    }
}
