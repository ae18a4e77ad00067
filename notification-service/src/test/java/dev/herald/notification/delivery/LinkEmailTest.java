package dev.herald.notification.delivery;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.notification.notification.StoredNotifications;
import dev.herald.notification.notification.WelcomeEmails;
import dev.herald.notification.smtp.SmtpServer;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.jwe.JweCipher;
import dev.herald.platform.testing.EventContract;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Emails with a link, which user-service requests with an encrypted token. */
@NotificationServiceTest
@ExtendWith(OutputCaptureExtension.class)
class LinkEmailTest {

    private static final String PAGES = "http://localhost:8080/account";
    private static final String CREATED = "user.created";

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private UserEvents userEvents;

    @Autowired
    private DueNotifications due;

    @Autowired
    private NotificationDispatcher dispatcher;

    @Autowired
    private WelcomeEmails welcomes;

    @Autowired
    private TransactionOperations transactions;

    @Value("${herald.account.email-secret}")
    private String key;

    private final UUID user = UUID.randomUUID();
    private final String address = UserEvents.address(user);
    private final String token = "token-" + UUID.randomUUID();

    @Nested
    class Welcoming {

        @Test
        void sendsOneEmailWithTheLinkThatFollows() throws MessagingException, IOException {
            UUID created = userEvents.send(CREATED, user, unverified());
            userEvents.awaitHandled(created);
            userEvents.request(request("verification", 0));

            assertWelcomedWithLink(created);
        }

        @Test
        void sendsOneEmailWithTheLinkThatCameBefore() throws MessagingException, IOException {
            userEvents.awaitHandled(userEvents.request(request("verification", 0)));
            UUID created = userEvents.send(CREATED, user, unverified());

            assertWelcomedWithLink(created);
        }

        private void assertWelcomedWithLink(UUID created) throws MessagingException, IOException {
            MimeMessage email = smtp.received(address, 1).getFirst();
            assertThat(email.getSubject()).isEqualTo("Welcome to Herald");
            assertThat(email.getMessageID()).isEqualTo("<" + created + "@herald.example>");
            assertLink(email, "verify-email");
            await().atMost(ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(row()).containsEntry("type", "WELCOME").containsEntry("status", "SENT"));
        }

        @Test
        void waitsForTheLinkForHalfAMinuteOnly() throws MessagingException, IOException {
            userEvents.awaitHandled(userEvents.send(CREATED, user, unverified()));
            assertThat(jdbc.queryForObject(
                            "select extract(epoch from next_attempt_at - created_at) from email where user_id = ? and not due",
                            Double.class,
                            user))
                    .isEqualTo(30);

            halfAMinutePasses();

            MimeMessage email = smtp.received(address, 1).getFirst();
            assertThat(SmtpServer.part(email, 0, "text/plain")).doesNotContain("http", "Confirm");
            assertThat(SmtpServer.part(email, 1, "text/html")).doesNotContain("http", "Confirm");
            userEvents.awaitHandled(userEvents.request(request("verification", 0)));
            assertThat(smtp.received(address, 1)).hasSize(1);
            // The user asks for another.
            userEvents.request(request("verification", 0));
            assertThat(smtp.received(address, 2).getLast().getSubject()).isEqualTo("Confirm your email address");
        }

        @Test
        void doesNotWaitForALinkThatAVerifiedAddressDoesNotNeed() {
            userEvents.send(CREATED, user, unverified().replace("false", "true"));

            assertThat(smtp.received(address, 1)).hasSize(1);
        }

        @Test
        void sendsOneEmailAfterAnOutageBetweenTheLinkAndTheWelcome() throws MessagingException, IOException {
            userEvents.awaitHandled(userEvents.request(request("verification", 0)));
            restartMuchLater();

            assertWelcomedWithLink(userEvents.send(CREATED, user, unverified()));
        }

        @Test
        void sendsOneEmailAfterAnOutageBetweenTheWelcomeAndTheLink() throws MessagingException, IOException {
            UUID created = userEvents.send(CREATED, user, unverified());
            userEvents.awaitHandled(created);
            restartMuchLater();
            userEvents.awaitHandled(userEvents.request(request("verification", 0)));

            assertWelcomedWithLink(created);
        }

        private void restartMuchLater() {
            dispatcher.stop();
            try {
                assertThat(jdbc.update(
                                "update email set next_attempt_at = next_attempt_at - interval '1 h' where user_id = ?",
                                user))
                        .isOne();
                due.makeDue();
            } finally {
                dispatcher.start();
            }
        }

        @Test
        void neverSendsTheLinkOfARegistrationWithoutItsWelcome() {
            userEvents.awaitHandled(userEvents.request(request("verification", 0)));
            assertThat(row()).containsEntry("due", false);
            jdbc.update("update email set next_attempt_at = now(), secret_expires_at = now() where user_id = ?", user);

            awaitFailure("expired");
        }

        @Test
        void sendsAnotherLinkByItsOwnEmailAlthoughTheWelcomeHasNotCome() throws MessagingException, IOException {
            UUID registered = registered(Instant.now().minusSeconds(60));
            ObjectNode request = request("verification", 0).put("userId", registered.toString());

            userEvents.request(request);

            MimeMessage email = smtp.received(address, 1).getFirst();
            assertThat(email.getSubject()).isEqualTo("Confirm your email address");
            assertLink(email, "verify-email");
        }

        @Test
        void keepsTheLinkOfARegistrationForTheWelcomeThatHasNotCome() {
            UUID registered = registered(Instant.now().minusSeconds(10));

            userEvents.awaitHandled(
                    userEvents.request(request("verification", 0).put("userId", registered.toString())));

            assertThat(jdbc.queryForMap("select due, version from email where user_id = ?", registered))
                    .isEqualTo(Map.of("due", false, "version", 0L));
        }

        /** The id, a UUIDv7, of a user who registered then. */
        private static UUID registered(Instant time) {
            return new UUID(
                    time.toEpochMilli() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
        }

        @Test
        void waitsByTheClockOfTheDatabase() {
            transactions.executeWithoutResult(_ -> {
                StoredNotifications.waiting(welcomes, user);

                assertThat(jdbc.queryForObject(
                                "select next_attempt_at = now() + interval '30 s' from email where user_id = ?",
                                Boolean.class,
                                user))
                        .isTrue();
            });
        }

        private void halfAMinutePasses() {
            assertThat(jdbc.update(
                            "update email set next_attempt_at = next_attempt_at - interval '30 s' where user_id = ?",
                            user))
                    .isOne();
        }

        private String unverified() {
            ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(UserEvents.json(user, "Ada"));
            return event.put("emailVerified", false).toString();
        }
    }

    @Nested
    class Requested {

        @ParameterizedTest
        @CsvSource({
            "verification, Confirm your email address, verify-email",
            "password-reset, Set a new Herald password, reset-password",
            "email-change, Confirm your new email address, confirm-email",
            "email-change-requested, A new email address for your Herald account, undo-email-change",
            "email-changed, Your Herald email address was changed, undo-email-change",
            "new-network, Your Herald account was opened from a new network, reset-password"
        })
        void isSentAtOnceWithItsLink(String kind, String subject, String page) throws MessagingException, IOException {
            userEvents.request(request(kind, 1));

            MimeMessage email = smtp.received(address, 1).getFirst();
            assertThat(email.getSubject()).isEqualTo(subject);
            assertLink(email, page);
        }

        @Test
        void isSentOnceHoweverOftenTheRequestArrives() {
            ObjectNode request = request("password-reset", 1);
            EventMetadata event = UserEvents.event(
                    "user.email-requested", UUID.fromString(request.get("id").asString()), Instant.now());
            for (int i = 0; i < 3; i++) {
                userEvents.sendRequest(event, request.toString());
            }
            UUID last = userEvents.request(request("email-changed", 1));

            userEvents.awaitHandled(event.id(), last);
            assertThat(smtp.received(address, 2)).hasSize(2);
        }

        @Test
        void isNotSentToAnErasedUser() {
            userEvents.awaitHandled(userEvents.send("user.deleted", user, "{\"id\": \"%s\"}".formatted(user)));

            userEvents.awaitHandled(userEvents.request(request("password-reset", 1)));

            assertThat(jdbc.queryForList("select * from email where user_id = ?", user))
                    .isEmpty();
        }

        @Test
        void isStoredWithoutTheTokenInClear() {
            userEvents.request(request("password-reset", 1));
            assertThat(smtp.received(address, 1)).hasSize(1);

            assertThat(row().toString()).contains("secret=eyJ").doesNotContain(token);
        }

        @Test
        void failsIfItsLinkIsNearlyExpired() {
            userEvents.request(request("password-reset", 1).put("expiresAt", inMinutes(9)));

            awaitFailure("expired");
            assertThat(smtp.received()).noneMatch(email -> SmtpServer.isTo(address, email));
        }

        @Test
        void failsAfterAnOutageOfTheMailServerThatItsLinkDoesNotOutlive() {
            Instant tooLate = Instant.now().plusSeconds(3);
            String expiry = tooLate.plus(Duration.ofMinutes(10)).minusSeconds(1).toString();
            smtp.stop();
            try {
                userEvents.awaitHandled(
                        userEvents.request(request("password-reset", 1).put("expiresAt", expiry)),
                        userEvents.request(request("verification", 1)));
                await().until(() -> Instant.now().isAfter(tooLate));
            } finally {
                smtp.start();
            }

            assertThat(smtp.received(address, 1)).hasSize(1);
            await().atMost(ofSeconds(20))
                    .untilAsserted(() -> assertThat(jdbc.queryForMap(
                                    "select status, last_error from email where user_id = ? and type = 'PASSWORD_RESET'",
                                    user))
                            .isEqualTo(Map.of("status", "FAILED", "last_error", "expired")));
        }

        @Test
        void failsIfTheKeyIsGoneWhenItIsWritten(CapturedOutput log) {
            // It waits for its welcome email, so that no sender has claimed it.
            userEvents.awaitHandled(userEvents.request(request("verification", 0)));
            jdbc.update(
                    "update email set secret = ?, next_attempt_at = now() where user_id = ?",
                    encryptedByAnother(),
                    user);

            awaitFailure("unreadable secret");
            assertThat(log.getAll()).doesNotContain(token, encryptedByAnother());
        }
    }

    @Nested
    class SetAside {

        @Test
        void ifItsSecretCannotBeDecrypted(CapturedOutput log) {
            String secret = encryptedByAnother();
            assertSetAside(request("password-reset", 1).put("secret", secret), log, secret);
        }

        @Test
        void ifItsSecretWasChanged(CapturedOutput log) {
            String secret = new JweCipher(key, "").encrypt(token);
            String changed = secret.substring(0, secret.length() - 3) + "abc";
            assertSetAside(request("password-reset", 1).put("secret", changed), log, changed);
        }

        @Test
        void ifItsKindIsUnknown(CapturedOutput log) {
            assertSetAside(request("later", 1), log, "later-" + token);
        }

        private void assertSetAside(ObjectNode request, CapturedOutput log, String content) {
            UUID id = UUID.fromString(request.get("id").asString());
            userEvents.request(request);

            await().atMost(ofSeconds(30))
                    .until(() -> userEvents.deadRequests(id).size() == 1);
            assertThat(jdbc.queryForList("select * from email where user_id = ?", user))
                    .isEmpty();
            assertThat(log.getAll()).doesNotContain(content, token, address);
        }
    }

    private void assertLink(MimeMessage email, String page) throws MessagingException, IOException {
        String link = PAGES + "/" + page + "?token=" + token;
        String text = SmtpServer.part(email, 0, "text/plain");
        String html = SmtpServer.part(email, 1, "text/html");
        assertThat(text)
                .startsWith("Hello Ada,")
                .contains(link, "The link works once, until ", " UTC.", "If it was not you");
        assertThat(html)
                .contains("Hello <bdi>Ada</bdi>,", "<a href=\"" + link + "\"", "If it was not you")
                .startsWith("<!DOCTYPE html>")
                .doesNotContain(" th:");
    }

    private ObjectNode request(String kind, long version) {
        EventContract contract = EventContract.v1("user.email-requested");
        contract.assertAllows(contract.sample());
        ObjectNode request = (ObjectNode) JsonMapper.shared().readTree(contract.sample());
        return request.put("id", UUID.randomUUID().toString())
                .put("userId", user.toString())
                .put("name", "Ada")
                .put("email", address)
                .put("kind", kind)
                .put("secret", new JweCipher(key, "").encrypt(token))
                .put("expiresAt", inMinutes(65))
                .put("version", version);
    }

    private static String inMinutes(long minutes) {
        return Instant.now().plus(Duration.ofMinutes(minutes)).toString();
    }

    private String encryptedByAnother() {
        return new JweCipher("b25seSBhbm90aGVyIGtleSBvZiAzMiBieXRlcyBoZXI=", "").encrypt(token);
    }

    private Map<String, @Nullable Object> row() {
        return jdbc.queryForMap("select * from email where user_id = ?", user);
    }

    private void awaitFailure(String reason) {
        await().atMost(ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(row()).containsEntry("status", "FAILED").containsEntry("last_error", reason));
    }
}
