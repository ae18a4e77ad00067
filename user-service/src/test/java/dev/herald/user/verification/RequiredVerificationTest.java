package dev.herald.user.verification;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.RequestedEmails;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A service on which a login needs a verified address. */
@UserServiceTest
@TestPropertySource(properties = "herald.account.require-verified-email=true")
class RequiredVerificationTest {

    private final String email = TestUser.newEmail();

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RequestedEmails emails;

    @Test
    void refusesALoginWithTheRightPasswordAndSendsALink() {
        Api api = new Api(http);
        UUID eve = UUID.fromString(
                api.post("/api/users", Map.of("name", "Eve", "email", email, "password", TestUser.PASSWORD))
                        .expect(201)
                        .text("id"));
        emails.await(eve, "verification", 1);

        logIn("wrong zebra 43").problem(401, "invalid-credentials");
        logIn(TestUser.PASSWORD).problem(403, "email-not-verified");
        jdbc.update("update account_token set created_at = created_at - interval '1 minute' where user_id = ?", eve);
        logIn(TestUser.PASSWORD).problem(403, "email-not-verified");

        String token = emails.tokens(eve, "verification", 2).getLast();
        api.post("/api/auth/verify-email", Map.of("token", token)).expect(204);
        logIn(TestUser.PASSWORD).expect(200);
    }

    @Test
    void letsTheFirstAdministratorIn() {
        TestUser.admin(new Api(http)).api().get("/api/users/me").expect(200);
    }

    private Answer logIn(String password) {
        return new Api(http).post("/api/auth/login", Map.of("email", email, "password", password));
    }
}
