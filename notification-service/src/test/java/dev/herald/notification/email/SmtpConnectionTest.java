package dev.herald.notification.email;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.herald.notification.email.NotAccepted.Verdict;
import dev.herald.notification.email.ScriptedSmtp.Script;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpConnectionTest {

    private final JavaMailSenderImpl settings = new JavaMailSenderImpl();

    SmtpConnectionTest() {
        settings.setHost("localhost");
        settings.getJavaMailProperties().put("mail.smtp.localhost", "[127.0.0.1]");
        settings.getJavaMailProperties().put("mail.smtp.timeout", "500");
    }

    @ParameterizedTest
    @CsvSource({
        // The recipient's, for good.
        "RCPT, 550 5.1.1 no such user, REFUSED",
        "RCPT, 501 no address, REFUSED",
        "RCPT, 552 mailbox full, REFUSED",
        "RCPT, 553 5.1.3 no address, REFUSED",
        "RCPT, 556 no mail there, REFUSED",
        "DATA, 554 no, REFUSED",
        "., 554 5.7.1 spam, REFUSED",
        // The recipient's, for a while.
        "RCPT, 450 4.2.0 greylisted, DEFERRED",
        "RCPT, 452 4.2.2 mailbox full, DEFERRED",
        "., 450 4.7.0 later, DEFERRED",
        // The server's or ours, with an email in hand.
        "RCPT, 421 closing, INTERRUPTED",
        "RCPT, 451 4.3.0 lookup failed, INTERRUPTED",
        "RCPT, 503 5.5.1 log in first, INTERRUPTED",
        "RCPT, 530 5.7.0 log in first, INTERRUPTED",
        "RCPT, nonsense, INTERRUPTED",
        "RCPT, '', INTERRUPTED",
        "DATA, 421 closing, INTERRUPTED",
        "., 451 4.3.0 disk full, INTERRUPTED",
        // The server's or ours, before it was known to whom.
        "CONNECT, 554 go away, UNAVAILABLE",
        "CONNECT, 421 busy, UNAVAILABLE",
        "CONNECT, '', UNAVAILABLE",
        "EHLO, '', UNAVAILABLE",
        "MAIL, 550 5.7.1 you are not allowed, UNAVAILABLE",
        "MAIL, 530 5.7.0 log in first, UNAVAILABLE",
        "MAIL, 421 too many, UNAVAILABLE"
    })
    void tellsWhoseAffairARefusalIs(String command, String reply, Verdict verdict) {
        try (ScriptedSmtp server = new ScriptedSmtp(0, on(command, reply));
                SmtpConnection connection = connectionTo(server)) {
            assertThatThrownBy(() -> connection.send(message())).isInstanceOfSatisfying(NotAccepted.class, refusal -> {
                assertThat(refusal.verdict()).isEqualTo(verdict);
                assertThat(refusal.getMessage()).isNotBlank().contains(reply.strip());
                assertThat(refusal.summary()).startsWith(verdict.name()).doesNotContain("ada");
            });
            assertThat(server.recipients()).isEmpty();

            server.follow(as -> null);
            assertThat(connection).satisfies(next -> next.send(message()));
            assertThat(server.recipients()).containsExactly("ada@example.com");
        }
    }

    @Test
    void takesAWrongPasswordForOurFaultAndKeepsItToItself() {
        settings.setUsername("herald");
        settings.setPassword("secret");
        Script script = command -> command.startsWith("EHLO")
                ? "250-scripted\r\n250 AUTH PLAIN LOGIN"
                : command.startsWith("AUTH") ? "535 5.7.8 wrong" : null;
        try (ScriptedSmtp server = new ScriptedSmtp(0, script);
                SmtpConnection connection = connectionTo(server)) {
            assertThatThrownBy(() -> connection.send(message())).isInstanceOfSatisfying(NotAccepted.class, refusal -> {
                assertThat(refusal.verdict()).isEqualTo(Verdict.UNAVAILABLE);
                assertThat(refusal.getMessage()).contains("535").doesNotContain("secret");
            });
        }
    }

    @Test
    void findsThatNobodyListens() throws MessagingException {
        ScriptedSmtp server = new ScriptedSmtp(0, command -> null);
        server.close();
        try (SmtpConnection connection = connectionTo(server)) {
            assertThatThrownBy(() -> connection.send(message()))
                    .isInstanceOfSatisfying(
                            NotAccepted.class,
                            refusal -> assertThat(refusal.verdict()).isEqualTo(Verdict.UNAVAILABLE));
        }
    }

    @Test
    void sendsOneEmailAfterTheOther() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(0, command -> null);
                SmtpConnection connection = connectionTo(server)) {
            for (int i = 0; i < 3; i++) {
                connection.send(message());
            }

            assertThat(server.recipients()).hasSize(3);
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    void callsAgainWhenTheServerHasHungUp() throws Exception {
        ScriptedSmtp first = new ScriptedSmtp(0, command -> null);
        try (SmtpConnection connection = connectionTo(first)) {
            connection.send(message());
            first.close();
            try (ScriptedSmtp second = new ScriptedSmtp(first.port(), command -> null)) {
                connection.send(message());

                assertThat(second.recipients()).hasSize(1);
            }
        }
    }

    @Test
    void hangsUpOnAServerThatTakesTooLongAltogether() throws Exception {
        settings.getJavaMailProperties().put("mail.smtp.timeout", "10000");
        try (ScriptedSmtp server = new ScriptedSmtp(0, ScriptedSmtp.slowly(ofMillis(700)));
                SmtpConnection connection = connectionTo(server, ofSeconds(2))) {
            assertThatThrownBy(() -> connection.send(message())).isInstanceOf(NotAccepted.class);

            server.follow(command -> null);
            connection.send(message());
            assertThat(server.recipients()).containsExactly("ada@example.com");
        }
    }

    private static Script on(String start, String reply) {
        return command -> command.startsWith(start) ? reply : null;
    }

    private SmtpConnection connectionTo(ScriptedSmtp server) {
        return connectionTo(server, ofSeconds(30));
    }

    private SmtpConnection connectionTo(ScriptedSmtp server, Duration limit) {
        settings.setPort(server.port());
        return new SmtpConnection(settings, limit);
    }

    private MimeMessage message() throws MessagingException {
        MimeMessage message = new MimeMessage(settings.getSession());
        message.setFrom("no-reply@herald.example");
        message.setRecipients(RecipientType.TO, "ada@example.com");
        message.setText("Hello");
        return message;
    }
}
