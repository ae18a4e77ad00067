package dev.herald.notification.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param from the sender, an RFC 5322 mailbox; its domain is also that of the Message-IDs
 * @param concurrency emails sent at a time
 * @param attempts how often SMTP may defer an email before it is given up
 * @param backOff the pause after the first time; it doubles with each further one
 * @param maxBackOff the longest pause
 * @param deadline how long SMTP may take over one email, whose transaction stands open meanwhile
 */
@Validated
@ConfigurationProperties("herald.email")
record EmailSettings(
        String from,
        @Positive int concurrency,
        @Positive int attempts,
        Duration backOff,
        Duration maxBackOff,
        Duration deadline) {

    EmailSettings {
        parse(from);
    }

    InternetAddress sender() {
        return parse(from);
    }

    private static InternetAddress parse(String from) {
        try {
            return new InternetAddress(from, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("herald.email.from is no mailbox: " + from, e);
        }
    }

    String domain() {
        String address = sender().getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
