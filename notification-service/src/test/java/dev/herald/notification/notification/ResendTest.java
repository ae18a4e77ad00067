package dev.herald.notification.notification;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.notification.smtp.ScriptedSmtp;
import dev.herald.notification.smtp.SmtpServer;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.Contention;
import dev.herald.platform.testing.TestTokens;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;

@NotificationServiceTest
class ResendTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private NotificationQueue queue;

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private PlatformTransactionManager transactions;

    private final UUID user = UUID.randomUUID();
    private final UUID event = UUID.randomUUID();

    @Test
    void sendsAFailedEmailUnderItsOldMessageId() throws Exception {
        UUID id = email("FAILED", 5);

        Answer answer = resend(TestTokens.admin(), id.toString()).expect(200);

        assertThat(answer.json().toString()).isEqualToIgnoringWhitespace("""
                {"id": "%s", "type": "welcome", "recipient": "%s", "subject": "subject", "status": "PENDING", "attempts": 5,
                 "createdAt": "2026-01-05T09:30:00Z"}
                """.formatted(id, UserEvents.address(user))
                .replace("\n", ""));
        assertThat(smtp.received(UserEvents.address(user), 1).getFirst().getMessageID())
                .isEqualTo("<" + event + "@herald.example>");
        awaitStatus(id, "SENT");
        assertThat(row(id)).containsEntry("attempts", 6).containsEntry("last_error", null);
    }

    @Test
    void givesTheEmailAllAttemptsAgain() {
        UUID id = email("FAILED", 5);
        try (ScriptedSmtp server = smtp.replacedBy(command -> command.startsWith("RCPT") ? "450 4.2.0 never" : null)) {
            resend(TestTokens.admin(), id.toString()).expect(200);

            await().atMost(ofSeconds(30)).until(() -> row(id).get("attempts") instanceof Integer made && made == 10);
            awaitStatus(id, "FAILED");
            assertThat(server.recipients()).isEmpty();
        } finally {
            smtp.start();
        }
    }

    @Test
    void letsOneOfTwoHaveIt() {
        UUID id = email("FAILED", 1);

        new Contention(jdbc, transactions)
                .whileUncommitted(
                        () -> queue.resend(id),
                        () -> assertThatThrownBy(() -> queue.resend(id)).isInstanceOf(NotificationNotFailed.class));

        assertThat(smtp.received(UserEvents.address(user), 1)).hasSize(1);
    }

    @Test
    void findsNothingForAUserWhoIsErasedMeanwhile() {
        UUID id = email("FAILED", 1);

        new Contention(jdbc, transactions)
                .whileUncommitted(
                        () -> queue.erase(new UserDeletedEvent(user)),
                        () -> assertThatThrownBy(() -> queue.resend(id)).isInstanceOf(NotificationNotFound.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "SENT"})
    void refusesAnEmailThatHasNotFailed(String status) {
        UUID id = email(status, 1);

        resend(TestTokens.admin(), id.toString()).problem(409, "notification-not-failed");

        assertThat(row(id)).containsEntry("status", status).containsEntry("version", 0L);
    }

    @Test
    void answers404ForAnUnknownNotification() {
        resend(TestTokens.admin(), UUID.randomUUID().toString()).problem(404, "notification-not-found");
        resend(TestTokens.admin(), "1").problem(400, "malformed-request");
    }

    @Test
    void isForAdministratorsAlone() {
        UUID id = email("FAILED", 1);

        resend(TestTokens.bearer(user), id.toString()).problem(403, "forbidden");
        resend(TestTokens.bearer(user), UUID.randomUUID().toString()).problem(403, "forbidden");

        assertThat(row(id)).containsEntry("status", "FAILED");
    }

    private Answer resend(String bearer, String id) {
        return new Api(http).as(bearer).post("/api/notifications/" + id + "/resend", "");
    }

    private UUID email(String status, int attempts) {
        UUID id = UUID.randomUUID();
        jdbc.update("""
                insert into email (id, event_id, event_time, type, user_id, recipient, recipient_name, subject, status,
                        attempts, failures, due, next_attempt_at, last_error, created_at, version)
                values (?, ?, now(), 'WELCOME', ?, ?, 'Ada', 'subject', ?, ?, ?, false, 'infinity', 'refused', '2026-01-05T09:30Z', 0)
                """, id, event, user, UserEvents.address(user), status, attempts, attempts);
        return id;
    }

    private void awaitStatus(UUID id, String status) {
        await().atMost(ofSeconds(30)).until(() -> status.equals(row(id).get("status")));
    }

    private Map<String, @Nullable Object> row(UUID id) {
        return jdbc.queryForMap("select * from email where id = ?", id);
    }
}
