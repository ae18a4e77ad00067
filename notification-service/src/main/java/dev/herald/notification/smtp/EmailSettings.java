package dev.herald.notification.smtp;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param from the sender, an RFC 5322 mailbox; its domain is also that of the Message-IDs
 * @param tls whether the connection to the mail server is encrypted
 * @param concurrency first attempts that are sent at a time; half as many retries are sent in addition
 * @param domainConcurrency first attempts for one recipient domain that are sent at a time; half as many retries in
 *     addition
 * @param attempts how many attempts a deferred email has before it is given up
 * @param backOff the pause after the first failed attempt; it doubles after each further one
 * @param maxBackOff the longest pause
 * @param deadline the time limit of one SMTP conversation up to the end of the data
 * @param acceptanceTimeout how long SMTP may take to answer the end of the data
 * @param unansweredPauses the pauses after attempts without a reply to the end of the data; after the last pause and
 *     one more attempt without a reply the email is given up
 */
@Validated
@ConfigurationProperties("herald.email")
public record EmailSettings(
        String from,
        @NotNull SmtpTls tls,
        @Positive int concurrency,
        @Positive int domainConcurrency,
        @Positive int attempts,
        Duration backOff,
        Duration maxBackOff,
        Duration deadline,
        Duration acceptanceTimeout,
        List<Duration> unansweredPauses) {

    public EmailSettings {
        parse(from);
    }

    public InternetAddress sender() {
        return parse(from);
    }

    private static InternetAddress parse(String from) {
        try {
            return new InternetAddress(from, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("herald.email.from is no mailbox: " + from, e);
        }
    }

    public String domain() {
        String address = sender().getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
