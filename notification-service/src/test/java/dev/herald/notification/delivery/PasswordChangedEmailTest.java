package dev.herald.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.notification.NotificationServiceTest;
import dev.herald.notification.UserEvents;
import dev.herald.notification.smtp.SmtpServer;
import dev.herald.platform.event.EventMetadata;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@NotificationServiceTest
class PasswordChangedEmailTest {

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private UserEvents userEvents;

    private final UUID user = UUID.randomUUID();

    @Test
    void saysWhenThePasswordWasChangedAndWhatToDo() throws MessagingException, IOException {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        Instant changed = yesterday.atTime(9, 30, 59, 999_000_000).toInstant(ZoneOffset.UTC);
        String day = yesterday.format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH));
        EventMetadata event = UserEvents.event("user.password-changed", user, changed);
        userEvents.send(event, UserEvents.json(user, "Ada Lovelace ä"));

        MimeMessage email = smtp.received(UserEvents.address(user), 1).getFirst();
        assertThat(email.getSubject()).isEqualTo("Your Herald password was changed");
        assertThat(email.getMessageID()).isEqualTo("<" + event.id() + "@herald.example>");
        assertThat(SmtpServer.part(email, 0, "text/plain"))
                .startsWith("Hello Ada Lovelace ä,")
                .contains("changed on %s at 09:30 UTC.".formatted(day))
                .contains("If it was not you");
        assertThat(SmtpServer.part(email, 1, "text/html"))
                .contains("Hello <bdi>Ada Lovelace ä</bdi>,")
                .contains("changed on <strong>%s at 09:30 UTC</strong>.".formatted(day))
                .contains("If it was not you");
    }

    @Test
    void isNotSentOfWhatHappenedSoLongAgoThatItMayHaveBeenSentAlready() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(31));
        userEvents.send(
                UserEvents.event("user.password-changed", user, longAgo), UserEvents.json(user, "Ada Lovelace"));
        // An event of the same user, which is delivered after it.
        userEvents.announce("user.password-changed", user, "Ada Lovelace");

        assertThat(smtp.received(UserEvents.address(user), 1)).hasSize(1);
    }
}
