package dev.herald.user.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.client.Client;
import dev.herald.platform.client.ClientNetwork;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.EventContract;
import dev.herald.user.RequestedEmails;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import dev.herald.user.account.Credentials;
import dev.herald.user.keys.TokenSettings;
import dev.herald.user.network.KnownNetworks;
import dev.herald.user.token.AccountTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;
import tools.jackson.databind.JsonNode;

/** The email of a login from a network that the account was never used from. */
@UserServiceTest
class NewNetworkTest {

    private static final String KIND = "new-network";
    private static final String HOME = "192.0.2.7";
    private static final String AWAY = "203.0.113.7";
    private static final String FURTHER_AWAY = "198.51.100.7";

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RequestedEmails emails;

    private TestUser ada;
    private int asked;

    @BeforeEach
    void register() {
        ada = TestUser.register(from(HOME));
    }

    @Test
    void isSentWithALinkThatSetsANewPassword() {
        logIn(AWAY);

        JsonNode email = emails.await(ada.id(), KIND, 1).getFirst();
        EventContract.v1("user.email-requested").assertAllows(email.toString());
        assertThat(email.get("email").asString()).isEqualTo(ada.email());
        assertThat(email.get("name").asString()).isEqualTo("Ada");
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(email.get("expiresAt").asString())))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        Map<String, String> reset = Map.of("token", emails.token(ada.id(), KIND), "newPassword", "wrong zebra 43");
        from(HOME).post("/api/auth/reset-password", reset).expect(204);
        ada.refresh().problem(401, "refresh-token-invalid");
        from(HOME).post("/api/auth/reset-password", reset).problem(410, "token-expired-or-used");
    }

    @Test
    void isNotSentForANetworkFromWhichTheAccountWasRegisteredOrUsed() {
        logIn(HOME);
        logIn("192.0.2.200");
        logIn(AWAY);
        aDayPasses();
        logIn(AWAY);
        logIn("203.0.113.200");

        assertEmails(1);
    }

    @Test
    void isSentOnceADay() {
        logIn(AWAY);
        logIn(FURTHER_AWAY);
        assertEmails(1);

        aDayPasses();
        logIn("2001:db8::1");

        assertEmails(2);
    }

    @Test
    void isSentOnceForLoginsAtTheSameMoment() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> logins = Stream.of(AWAY, AWAY, FURTHER_AWAY, "2001:db8::1")
                    .<Future<?>>map(network -> threads.submit(() -> logIn(network)))
                    .toList();
            for (Future<?> login : logins) {
                login.get();
            }
        }

        assertEmails(1);
    }

    /** Such as one that was not used since the release before, which did not remember networks. */
    @Test
    void isNotSentToAnAccountWithoutKnownNetworks() {
        jdbc.update("delete from known_network where user_id = ?", ada.id());

        logIn(AWAY);

        assertEmails(0);
    }

    @Test
    void isNotSentForAWrongPassword() {
        from(AWAY)
                .post("/api/auth/login", Map.of("email", ada.email(), "password", "guess"))
                .expect(401);

        assertEmails(0);
    }

    @Test
    void canBeTurnedOff(
            @Autowired Credentials credentials,
            @Autowired KnownNetworks networks,
            @Autowired AccountTokens tokens,
            @Autowired SessionTable table,
            @Autowired TokenPairs pairs,
            @Autowired LoginMetrics metrics,
            @Autowired TokenSettings settings,
            @Autowired TransactionOperations transactions,
            @Autowired IdGenerator ids) {
        Login login = new Login(
                credentials,
                networks,
                new NewNetworkSettings(false),
                tokens,
                table,
                pairs,
                metrics,
                settings,
                transactions,
                ids);

        login.logIn(ada.email(), ada.password(), new Client(new ClientNetwork("203.0.113.0/24"), null));

        assertEmails(0);
    }

    private void logIn(String address) {
        from(address)
                .post("/api/auth/login", Map.of("email", ada.email(), "password", ada.password()))
                .expect(200);
    }

    /** The email of the link that is requested last arrives last. */
    private void assertEmails(int count) {
        from(HOME)
                .post("/api/auth/forgot-password", Map.of("email", ada.email()))
                .expect(202);
        assertThat(emails.await(ada.id(), "password-reset", ++asked)).hasSize(asked);
        assertThat(emails.await(ada.id(), KIND, count)).hasSize(count);
        jdbc.update("delete from account_token where user_id = ? and kind = 'PASSWORD_RESET'", ada.id());
    }

    private void aDayPasses() {
        jdbc.update("update account_token set created_at = created_at - interval '1 day' where user_id = ?", ada.id());
    }

    private Api from(String address) {
        return new Api(http).with("X-Forwarded-For", address);
    }
}
