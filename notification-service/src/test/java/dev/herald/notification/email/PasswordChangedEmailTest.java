package dev.herald.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.event.EventMetadata;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EmailTest
class PasswordChangedEmailTest {

    @Autowired
    private SmtpServer smtp;

    @Autowired
    private UserEvents userEvents;

    private final UUID user = UUID.randomUUID();

    @Test
    void saysWhenThePasswordWasChangedAndWhatToDo() throws MessagingException, IOException {
        EventMetadata event =
                UserEvents.event("user.password-changed", user, Instant.parse("2026-01-05T09:30:59.999Z"));
        userEvents.send(event, UserEvents.json(user, "Ada <b>Lovelace</b> ä😀"));

        MimeMessage email = smtp.received(UserEvents.address(user), 1).getFirst();
        assertThat(email.getSubject()).isEqualTo("Your Herald password was changed");
        assertThat(email.getMessageID()).isEqualTo("<" + event.id() + "@herald.example>");
        assertThat(SmtpServer.part(email, 0, "text/plain"))
                .startsWith("Hello Ada <b>Lovelace</b> ä😀,")
                .contains("changed on 5 January 2026 at 09:30 UTC.")
                .contains("If it was not you");
        assertThat(SmtpServer.part(email, 1, "text/html"))
                .contains("Hello <bdi>Ada &lt;b&gt;Lovelace&lt;/b&gt; ä😀</bdi>,")
                .contains("changed on <strong>5 January 2026 at 09:30 UTC</strong>.")
                .contains("If it was not you");
    }
}
