package dev.herald.notification.smtp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.herald.notification.smtp.DeliveryFailure.Kind;
import dev.herald.notification.smtp.ScriptedSmtp.Script;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpConnectionTest {

    private final JavaMailSenderImpl mail = new JavaMailSenderImpl();
    private final AtomicInteger sessionsReady = new AtomicInteger();
    private @Nullable ScriptedSmtp server;

    SmtpConnectionTest() {
        mail.setHost("localhost");
        mail.getJavaMailProperties().put("mail.smtp.localhost", "[127.0.0.1]");
    }

    @AfterEach
    void closeServer() {
        if (server != null) {
            server.close();
        }
    }

    @Nested
    class AFailure {

        @ParameterizedTest
        @CsvSource({
            // Permanent replies about the recipient or the message.
            "RCPT, 550 5.1.1 no such user, REFUSED",
            "RCPT, 501 no address, REFUSED",
            "RCPT, 552 mailbox full, REFUSED",
            "RCPT, 553 5.1.3 no address, REFUSED",
            "RCPT, 556 no mail there, REFUSED",
            "DATA, 554 no, REFUSED",
            "., 554 5.7.1 spam, REFUSED",
            // Temporary replies about the recipient or the message.
            "RCPT, 421 closing, DEFERRED",
            "RCPT, 450 4.2.0 greylisted, DEFERRED",
            "RCPT, 451 4.3.0 lookup failed, DEFERRED",
            "RCPT, 452 4.2.2 mailbox full, DEFERRED",
            "RCPT, 503 5.5.1 log in first, DEFERRED",
            "RCPT, 530 5.7.0 log in first, DEFERRED",
            "RCPT, nonsense, DEFERRED",
            "RCPT, '', DEFERRED",
            "RCPT, CLOSE, DEFERRED",
            "DATA, 421 closing, DEFERRED",
            "DATA, '', DEFERRED",
            "DATA, CLOSE, DEFERRED",
            "., 421 closing, DEFERRED",
            "., 450 4.7.0 later, DEFERRED",
            "., 451 4.3.0 disk full, DEFERRED",
            // The server may deliver it.
            "., nonsense, UNANSWERED",
            "., 354 go on, UNANSWERED",
            "., '', UNANSWERED",
            "., CLOSE, UNANSWERED",
            // Replies about the server, before a recipient was named.
            "CONNECT, 554 go away, SERVER_UNAVAILABLE",
            "CONNECT, 421 busy, SERVER_UNAVAILABLE",
            "CONNECT, '', SERVER_UNAVAILABLE",
            "CONNECT, CLOSE, SERVER_UNAVAILABLE",
            "EHLO, '', SERVER_UNAVAILABLE",
            "EHLO, CLOSE, SERVER_UNAVAILABLE",
            "MAIL, 550 5.7.1 you are not allowed, SERVER_UNAVAILABLE",
            "MAIL, 530 5.7.0 log in first, SERVER_UNAVAILABLE",
            "MAIL, 451 4.3.0 try later, SERVER_UNAVAILABLE",
            "MAIL, 421 too many, SERVER_UNAVAILABLE",
            "MAIL, CLOSE, SERVER_UNAVAILABLE"
        })
        void isOfTheServerOnlyBeforeARecipientWasNamed(String command, String reply, Kind kind) throws Exception {
            ScriptedSmtp scripted = serverThat(said -> said.startsWith(command) ? reply : null);
            try (SmtpConnection connection = connection(settings(SmtpTls.NONE, ofMillis(700), ofMillis(700)))) {
                assertThatThrownBy(() -> send(connection)).isInstanceOfSatisfying(DeliveryFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure.getMessage())
                            .isNotBlank()
                            .contains(reply.equals(ScriptedSmtp.CLOSE) ? "" : reply);
                    assertThat(failure.summary()).startsWith(kind.name()).doesNotContain("ada");
                });
                assertThat(scripted.recipients()).isEmpty();
                assertThat(sessionsReady).hasValue(kind == Kind.SERVER_UNAVAILABLE ? 0 : 1);

                scripted.follow(said -> null);
                send(connection);
                assertThat(scripted.recipients()).containsExactly("ada@example.com");
            }
        }

        @Test
        void isWhatTheServerSaidEvenIfItClosesTheConnectionThen() {
            serverThat(said -> said.equals(".") ? "554 5.7.1 spam" : said.equals("RSET") ? ScriptedSmtp.CLOSE : null);

            assertThatThrownBy(() -> send(connection(SmtpTls.NONE)))
                    .isInstanceOfSatisfying(
                            DeliveryFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED));
        }

        @Test
        void isOfTheServerIfItCannotBeReached() {
            serverThat(said -> null).close();

            assertUnavailable(SmtpTls.NONE);
        }

        @Test
        void isTheEndOfAConversationThatIsAborted() throws Exception {
            ScriptedSmtp scripted = serverThat(said -> said.equals(".") ? ScriptedSmtp.SILENCE : null);
            SmtpConnection connection = connection(settings(SmtpTls.NONE, ofSeconds(30), ofSeconds(60)));
            Thread aborting = Thread.startVirtualThread(() -> {
                await().until(() -> !scripted.received().isEmpty());
                connection.abort();
            });

            assertThatThrownBy(() -> send(connection))
                    .isInstanceOfSatisfying(
                            DeliveryFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNANSWERED));
            aborting.join();
        }
    }

    @Nested
    class AConnection {

        @Test
        void isUsedForOneEmailAfterTheOther() throws Exception {
            ScriptedSmtp scripted = serverThat(said -> null);
            try (SmtpConnection connection = connection(SmtpTls.NONE)) {
                for (int i = 0; i < 3; i++) {
                    send(connection);
                }
            }

            assertThat(scripted.recipients()).hasSize(3);
            assertThat(scripted.connections()).isOne();
        }

        @Test
        void isOpenedAgainWhenTheServerHasClosedIt() throws Exception {
            ScriptedSmtp first = serverThat(said -> null);
            try (SmtpConnection connection = connection(SmtpTls.NONE)) {
                send(connection);
                first.close();
                try (ScriptedSmtp second = new ScriptedSmtp(first.port(), said -> null)) {
                    send(connection);

                    assertThat(second.recipients()).hasSize(1);
                }
            }
        }

        @Test
        void endsWhenEverythingUpToTheEndOfTheDataTakesTooLong() throws Exception {
            ScriptedSmtp scripted = serverThat(ScriptedSmtp.slowly(ofMillis(700)));
            try (SmtpConnection connection = connection(settings(SmtpTls.NONE, ofSeconds(2), ofSeconds(30)))) {
                assertThatThrownBy(() -> send(connection)).isInstanceOf(DeliveryFailure.class);

                scripted.follow(said -> null);
                send(connection);
                assertThat(scripted.recipients()).containsExactly("ada@example.com");
            }
        }

        @Test
        void waitsLongerForTheAnswerToTheEndOfTheData() throws Exception {
            Script slowAtTheEnd = ScriptedSmtp.slowly(ofMillis(1_500));
            ScriptedSmtp scripted = serverThat(said -> said.equals(".") ? slowAtTheEnd.reply(said) : null);
            try (SmtpConnection connection = connection(settings(SmtpTls.NONE, ofSeconds(1), ofSeconds(30)))) {
                send(connection);
            }

            assertThat(scripted.recipients()).containsExactly("ada@example.com");
        }
    }

    @Nested
    class WithTls {

        @Test
        void encryptsBeforeAnythingIsSaid() throws Exception {
            ScriptedSmtp scripted = serverThat(said -> null, TestCertificate.LOCALHOST);
            trust(TestCertificate.LOCALHOST);

            send(connection(SmtpTls.REQUIRED));

            assertThat(scripted.recipients()).containsExactly("ada@example.com");
            assertThat(scripted.commands())
                    .filteredOn(command -> command.matches("(MAIL|RCPT|DATA).*"))
                    .isEmpty();
        }

        @Test
        void sendsNothingIfTheServerDoesNotOfferIt() {
            ScriptedSmtp scripted = serverThat(said -> null);

            assertUnavailable(SmtpTls.REQUIRED);
            assertThat(scripted.commands()).noneMatch(command -> command.contains("MAIL"));
        }

        @ParameterizedTest
        @EnumSource(
                value = SmtpTls.class,
                names = {"REQUIRED", "OPPORTUNISTIC"})
        void sendsNothingToAServerOfAnotherName(SmtpTls tls) {
            ScriptedSmtp scripted = serverThat(said -> null, TestCertificate.ANOTHER_NAME);
            trust(TestCertificate.ANOTHER_NAME);

            assertUnavailable(tls);
            assertThat(scripted.commands()).noneMatch(command -> command.contains("MAIL"));
        }

        @Test
        void sendsNothingToAServerThatItDoesNotTrust() {
            ScriptedSmtp scripted = serverThat(said -> null, TestCertificate.LOCALHOST);

            assertUnavailable(SmtpTls.REQUIRED);
            assertThat(scripted.commands()).noneMatch(command -> command.contains("MAIL"));
        }

        @Test
        void sendsNothingIfTheServerRefusesToBeginIt() {
            ScriptedSmtp scripted =
                    serverThat(said -> said.equals("STARTTLS") ? "454 4.7.0 not now" : null, TestCertificate.LOCALHOST);

            assertUnavailable(SmtpTls.REQUIRED);
            assertThat(scripted.commands()).noneMatch(command -> command.contains("MAIL"));
        }

        @Test
        void sendsPlainIfItIsOptionalAndNotOffered() throws Exception {
            ScriptedSmtp scripted = serverThat(said -> null);

            send(connection(SmtpTls.OPPORTUNISTIC));

            assertThat(scripted.recipients()).containsExactly("ada@example.com");
        }

        @Test
        void isUsedIfItIsOptionalAndOffered() throws Exception {
            ScriptedSmtp scripted = serverThat(said -> null, TestCertificate.LOCALHOST);
            trust(TestCertificate.LOCALHOST);

            send(connection(SmtpTls.OPPORTUNISTIC));

            assertThat(scripted.commands()).anyMatch(command -> command.startsWith("tls:MAIL"));
        }

        @Test
        void isNotBegunIfItIsTurnedOff() throws Exception {
            ScriptedSmtp scripted = serverThat(said -> null, TestCertificate.LOCALHOST);

            send(connection(SmtpTls.NONE));

            assertThat(scripted.commands()).doesNotContain("STARTTLS").anyMatch(command -> command.startsWith("MAIL"));
        }

        @Test
        void holdsFromTheFirstByteOnIfSpringSaysSo() throws Exception {
            mail.getJavaMailProperties().put("mail.smtp.ssl.enable", "true");
            trust(TestCertificate.LOCALHOST);
            ScriptedSmtp scripted =
                    listening(ScriptedSmtp.encrypted(said -> null, TestCertificate.LOCALHOST.context()));

            send(connection(SmtpTls.REQUIRED));

            assertThat(scripted.recipients()).containsExactly("ada@example.com");
            assertThat(scripted.commands()).doesNotContain("tls:STARTTLS");
        }
    }

    @Nested
    class WithAPassword {

        private static final Script LOGIN = said -> said.startsWith("EHLO")
                ? "250-scripted\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN"
                : said.startsWith("AUTH") ? "235 welcome" : null;

        WithAPassword() {
            mail.setUsername("herald");
            mail.setPassword("secret");
        }

        @Test
        void logsInWhenTheConnectionIsEncrypted() throws Exception {
            ScriptedSmtp scripted = serverThat(LOGIN, TestCertificate.LOCALHOST);
            trust(TestCertificate.LOCALHOST);

            send(connection(SmtpTls.REQUIRED));

            assertThat(scripted.commands()).anyMatch(command -> command.startsWith("tls:AUTH"));
        }

        @Test
        void keepsItToItselfIfTheServerDoesNotOfferTlsEvenIfThatIsOptional() {
            ScriptedSmtp scripted =
                    serverThat(said -> said.startsWith("EHLO") ? "250-scripted\r\n250 AUTH PLAIN LOGIN" : null);

            assertUnavailable(SmtpTls.OPPORTUNISTIC);
            assertThat(scripted.commands()).noneMatch(command -> command.contains("AUTH"));
        }

        @Test
        void refusesToStartWithoutTls() {
            assertThatThrownBy(() -> connection(SmtpTls.NONE))
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("herald.email.tls")
                    .hasMessageNotContaining("secret");
        }

        @Test
        void treatsAnInvalidReplyAsAFailureOfTheServerWithoutRetry() {
            serverThat(
                    said -> said.startsWith("AUTH") ? "535 5.7.8 wrong" : LOGIN.reply(said), TestCertificate.LOCALHOST);
            trust(TestCertificate.LOCALHOST);

            assertThatThrownBy(() -> send(connection(SmtpTls.REQUIRED)))
                    .isInstanceOfSatisfying(DeliveryFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(Kind.SERVER_UNAVAILABLE);
                        assertThat(failure.getMessage()).contains("535").doesNotContain("secret");
                    });
        }
    }

    private void assertUnavailable(SmtpTls tls) {
        assertThatThrownBy(() -> send(connection(tls)))
                .isInstanceOfSatisfying(
                        DeliveryFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.SERVER_UNAVAILABLE));
    }

    private ScriptedSmtp serverThat(Script script) {
        return listening(new ScriptedSmtp(0, script));
    }

    private ScriptedSmtp serverThat(Script script, TestCertificate certificate) {
        return listening(new ScriptedSmtp(0, script, certificate.context()));
    }

    private ScriptedSmtp listening(ScriptedSmtp scripted) {
        server = scripted;
        mail.setPort(scripted.port());
        return scripted;
    }

    /** As {@code spring.mail.ssl.bundle} does. */
    private void trust(TestCertificate certificate) {
        mail.getJavaMailProperties()
                .put("mail.smtp.ssl.socketFactory", certificate.context().getSocketFactory());
    }

    private SmtpConnection connection(SmtpTls tls) {
        return connection(settings(tls, ofSeconds(30), ofSeconds(30)));
    }

    private SmtpConnection connection(EmailSettings settings) {
        return new SmtpConnection(new MailServer(mail, settings), settings);
    }

    private static EmailSettings settings(SmtpTls tls, Duration deadline, Duration acceptanceTimeout) {
        return new EmailSettings(
                "no-reply@herald.example",
                tls,
                1,
                1,
                1,
                ofSeconds(1),
                ofSeconds(1),
                deadline,
                acceptanceTimeout,
                List.of());
    }

    private void send(SmtpConnection connection) throws MessagingException, DeliveryFailure {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("no-reply@herald.example");
        message.setRecipients(RecipientType.TO, "ada@example.com");
        message.setText("Hello");
        message.saveChanges();
        connection.send(message, sessionsReady::incrementAndGet);
    }
}
