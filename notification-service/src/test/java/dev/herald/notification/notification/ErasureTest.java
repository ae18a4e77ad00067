package dev.herald.notification.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.notification.smtp.ScriptedSmtp;
import dev.herald.notification.smtp.SmtpServer;
import dev.herald.platform.testing.Contention;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@NotificationServiceTest
class ErasureTest {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private NotificationQueue queue;

    @Autowired
    private WelcomeEmails welcomes;

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private UserEvents userEvents;

    @Autowired
    private PlatformTransactionManager transactions;

    private final UUID user = UUID.randomUUID();

    @Test
    void deletesEveryNotificationOfTheUserOnly() {
        UUID other = UUID.randomUUID();
        userEvents.awaitHandled(Stream.concat(
                Stream.generate(() -> announce("user.password-changed")).limit(3),
                Stream.of(userEvents.announce("user.created", other, "Bob"))));
        smtp.received(UserEvents.address(user), 3);
        List<@Nullable UUID> sent = await().until(() -> emails("SENT"), emails -> emails.size() == 3);
        jdbc.update("update email set status = 'FAILED' where id = ?", sent.get(0));
        jdbc.update(
                "update email set status = 'PENDING', due = false, next_attempt_at = 'infinity' where id = ?",
                sent.get(1));

        userEvents.awaitHandled(announce("user.deleted"));

        assertNothingIsLeft();
        assertThat(jdbc.queryForList("select id from email where user_id = ?", other))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user.created user.password-changed user.deleted",
                "user.created user.deleted user.password-changed",
                "user.password-changed user.created user.deleted",
                "user.password-changed user.deleted user.created",
                "user.deleted user.created user.password-changed",
                "user.deleted user.password-changed user.created",
                "user.created user.deleted user.created user.password-changed user.deleted"
            })
    void holdsInAnyOrderOfEvents(String types) {
        userEvents.awaitHandled(Stream.of(types.split(" ")).map(this::announce));

        assertNothingIsLeft();
    }

    @Test
    void doesNotWaitForAnEmailThatIsBeingSent() {
        try (ScriptedSmtp server =
                smtp.replacedBy(command -> command.startsWith("RCPT") ? ScriptedSmtp.SILENCE : null)) {
            userEvents.awaitHandled(announce("user.created"));
            await().until(() -> server.commands().stream().anyMatch(command -> command.startsWith("RCPT")));

            queue.erase(new UserDeletedEvent(user));

            assertNothingIsLeft();
            // Waits until the attempt has failed.
            await().until(() -> server.open() == 0);
            assertNothingIsLeft();
        } finally {
            smtp.start();
        }
    }

    @Test
    void waitsForAnEmailThatIsBeingStored() {
        new Contention(jdbc, transactions).whileUncommitted(this::store, () -> queue.erase(new UserDeletedEvent(user)));

        assertNothingIsLeft();
    }

    @Test
    void isWaitedForByAnEmailToBeStored() {
        new Contention(jdbc, transactions).whileUncommitted(() -> queue.erase(new UserDeletedEvent(user)), this::store);

        assertNothingIsLeft();
    }

    @Test
    void findsTheUsersEmailsByAnIndex() {
        List<String> plan = new TransactionTemplate(transactions).execute(transaction -> {
            // The planner would not use an index for a table this small.
            jdbc.execute("set local enable_seqscan = off");
            return jdbc.queryForList("explain delete from email where user_id = ?", String.class, user);
        });

        assertThat(plan).anyMatch(step -> step.contains("email_by_user"));
    }

    private UUID announce(String type) {
        return userEvents.announce(type, user, "Ada");
    }

    private void store() {
        welcomes.welcome(
                new UserEvent(user, "Ada", UserEvents.address(user), Optional.empty()),
                UserEvents.event("user.created", user, Instant.now()));
    }

    private List<@Nullable UUID> emails(String status) {
        return jdbc.queryForList("select id from email where user_id = ? and status = ?", UUID.class, user, status);
    }

    private void assertNothingIsLeft() {
        assertThat(jdbc.queryForList("select * from email where user_id = ?", user))
                .isEmpty();
        assertThat(jdbc.queryForList("select * from erased_user where user_id = ?", user))
                .containsExactly(Map.of("user_id", user));
    }
}
