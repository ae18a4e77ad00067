package dev.herald.notification.email;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.EventMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@EmailTest
class WelcomeEmailTest {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private UserEvents userEvents;

    private final UUID user = UUID.randomUUID();
    private final String address = UserEvents.address(user);

    @Test
    void welcomesANewUserInTextAndHtml() throws MessagingException, IOException {
        UUID event = announce("Ada <b>Lovelace</b> ä😀");

        MimeMessage email = smtp.received(address, 1).getFirst();
        assertThat(email.getSubject()).isEqualTo("Welcome to Herald");
        assertThat(email.getMessageID()).isEqualTo("<" + event + "@herald.example>");
        assertThat(email.getFrom()).extracting(Object::toString).containsExactly("Herald <no-reply@herald.example>");
        assertThat(email.getAllRecipients()).extracting(Object::toString).containsExactly(address);
        assertThat(email.getSentDate()).isNotNull();
        assertThat(email.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(email.getContentType()).startsWith("multipart/alternative");
        assertThat(SmtpServer.part(email, 0, "text/plain")).startsWith("Hello Ada <b>Lovelace</b> ä😀,");
        assertThat(SmtpServer.part(email, 1, "text/html"))
                .contains("Hello <span>Ada &lt;b&gt;Lovelace&lt;/b&gt; ä😀</span>,");
        awaitStatus(event, "SENT");
        assertThat(delivery(event)).containsEntry("attempts", 1).doesNotContainEntry("sent_at", null);
        assertThat(meters.get("herald.email.delivery.latency").timer().count()).isPositive();
    }

    @Test
    void sendsOneEmailHoweverOftenTheEventArrives() {
        EventMetadata event = UserEvents.event("user.created", user, Instant.now());
        for (int i = 0; i < 3; i++) {
            userEvents.send(event, UserEvents.json(user, "Ada"));
        }
        UUID next = announce("the one behind");

        awaitStatus(next, "SENT");
        assertThat(smtp.received(address, 2)).hasSize(2);
    }

    @Test
    void triesAgainUntilSmtpTakesIt() {
        smtp.stop();
        UUID event = announce("Ada");
        await().until(() -> delivery(event).get("attempts") instanceof Integer attempts && attempts >= 1);
        smtp.start();

        awaitStatus(event, "SENT");
        assertThat(smtp.received(address, 1)).hasSize(1);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        smtp.stop();
        try {
            UUID event = announce("Ada");

            awaitStatus(event, "FAILED");
            assertThat(delivery(event)).containsEntry("attempts", 5).containsEntry("sent_at", null);
            assertThat(String.valueOf(delivery(event).get("last_error"))).isNotBlank();
            assertThat(meters.get("herald.emails")
                            .tags("type", "welcome", "outcome", "failed")
                            .counter()
                            .count())
                    .isPositive();
        } finally {
            smtp.start();
        }
    }

    @Test
    void setsAnEventThatCannotBeParsedAsideAndGoesOn() {
        UUID broken = userEvents.send("user.created", user, "{\"id\": ");
        UUID next = announce("the one behind");

        awaitStatus(next, "SENT");
        assertThat(delivery(broken)).isEmpty();
        userEvents.awaitDead(List.of(broken));
        assertThat(meters.get("herald.dead.letters")
                        .tags("topic", "user-events", "consumer", "notification-service")
                        .counter()
                        .count())
                .isPositive();
    }

    private UUID announce(String name) {
        return userEvents.announce("user.created", user, name);
    }

    private void awaitStatus(UUID event, String status) {
        await().atMost(ofSeconds(30)).until(() -> status.equals(delivery(event).get("status")));
    }

    private Map<String, @Nullable Object> delivery(UUID event) {
        List<Map<String, @Nullable Object>> rows = jdbc.queryForList("select * from email where event_id = ?", event);
        return rows.isEmpty() ? Map.of() : rows.getFirst();
    }
}
