package dev.herald.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A request whose {@code Accept} excludes the response's media type gets 406 and has no effect (RFC 9110, section
 * 15.5.7).
 */
@UserServiceTest
class NotAcceptableTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(http);
    }

    private static Api html(Api caller) {
        return caller.with(HttpHeaders.ACCEPT, "text/html");
    }

    private int count(String sql, Object argument) {
        Integer found = jdbc.queryForObject(sql, Integer.class, argument);
        return found == null ? 0 : found;
    }

    @Test
    void registersNoUser() {
        String email = TestUser.newEmail();

        html(api)
                .post("/api/users", Map.of("name", "Ada", "email", email, "password", TestUser.PASSWORD))
                .problem(406, "not-acceptable");

        assertThat(count("select count(*) from users where email = ?", email)).isZero();
    }

    @Test
    void changesNoUser() {
        TestUser ada = TestUser.register(api);

        html(ada.api())
                .put(ada.path(), Map.of("name", "Countess", "email", ada.email()))
                .problem(406, "not-acceptable");

        assertThat(ada.api().get(ada.path()).text("name")).isEqualTo("Ada");
    }

    @Test
    void opensNoSession() {
        TestUser ada = TestUser.register(api);

        html(api)
                .post("/api/auth/login", Map.of("email", ada.email(), "password", ada.password()))
                .problem(406, "not-acceptable");

        assertThat(count("select count(*) from session where user_id = ?", ada.id()))
                .isEqualTo(1);
    }

    @Test
    void usesUpNoRefreshToken() {
        TestUser ada = TestUser.register(api);

        html(api)
                .post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken()))
                .problem(406, "not-acceptable");

        ada.refresh().expect(200);
    }

    @Test
    void doesNotKeepAnybodyFromLoggingOut() {
        TestUser ada = TestUser.register(api);

        html(ada.api()).post("/api/auth/logout", "").expect(204);
    }
}
