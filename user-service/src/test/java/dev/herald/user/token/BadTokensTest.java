package dev.herald.user.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.user.RequestedEmails;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Whatever is wrong with a token is one and the same problem. */
@UserServiceTest
class BadTokensTest {

    private static final String[] PATHS = {
        "/api/auth/verify-email", "/api/auth/reset-password", "/api/auth/confirm-email", "/api/auth/undo-email-change"
    };

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RequestedEmails emails;

    private Api api;
    private TestUser ada;
    private String token;

    @BeforeEach
    void register() {
        api = new Api(http);
        ada = TestUser.register(api);
        token = emails.token(ada.id(), "verification");
    }

    @Test
    void ofAnotherKind() {
        for (String path : PATHS) {
            if (!path.endsWith("verify-email")) {
                refuse(path, token);
            }
        }
        api.post(PATHS[0], Map.of("token", token)).expect(204);
    }

    @Test
    void expired() {
        jdbc.update("update account_token set expires_at = now() - interval '1 s' where user_id = ?", ada.id());

        refuse(PATHS[0], token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\ud83d\ude00", "' or 1=1 --", "eyJhbGciOiJub25lIn0.e30."})
    void neverIssued(String other) {
        for (String path : PATHS) {
            refuse(path, other);
        }
    }

    @Test
    void tampered() {
        refuse(PATHS[0], token + "A");
        refuse(PATHS[0], token.substring(1));
        refuse(PATHS[0], token + "=");
        refuse(PATHS[0], " " + token);
        refuse(PATHS[0], token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A"));
    }

    @Test
    void ofAlmostAMegabyte() {
        for (String path : PATHS) {
            refuse(path, "a".repeat(1_000_000));
        }
    }

    @Test
    void sentByGetAndHead() {
        for (String path : PATHS) {
            ada.api().get(path + "?token=" + token).problem(405, "method-not-allowed");
            ada.api().send(HttpMethod.HEAD, path + "?token=" + token, null).expect(405);
        }
        api.post(PATHS[0], Map.of("token", token)).expect(204);
    }

    @Test
    void ofADeletedAccount() {
        ada.api().delete(ada.path()).expect(204);

        refuse(PATHS[0], token);
        assertThat(jdbc.queryForList("select * from account_token where user_id = ?", ada.id()))
                .isEmpty();
    }

    private void refuse(String path, String wrong) {
        Map<String, String> body = new HashMap<>(Map.of("token", wrong));
        if (path.endsWith("reset-password")) {
            body.put("newPassword", "wrong zebra 43");
        }
        api.post(path, body).problem(410, "token-expired-or-used");
    }
}
