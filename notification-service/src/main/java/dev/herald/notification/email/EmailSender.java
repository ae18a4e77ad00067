package dev.herald.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes an email's message and hands it to SMTP. */
@Component
class EmailSender {

    /** When it happened. The recipient's own time zone is not known. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final JavaMailSender smtp;
    private final ITemplateEngine templates;
    private final EmailSettings settings;
    private final Clock clock;

    EmailSender(JavaMailSender smtp, ITemplateEngine templates, EmailSettings settings, Clock clock) {
        this.smtp = smtp;
        this.templates = templates;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns when SMTP has accepted the email; throws Spring's {@code MailException} if it has not. */
    void send(Email email) {
        smtp.send(message -> write(email, message));
    }

    private void write(Email email, MimeMessage message) throws MessagingException {
        message.setFrom(settings.sender());
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(email.recipient(), true));
        message.setSubject(email.subject(), UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Message-ID", "<%s@%s>".formatted(email.eventId(), settings.domain()));
        // RFC 3834: no vacation notices in return, please.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", Locale.ENGLISH.toLanguageTag());
        message.setContent(alternatives(email));
    }

    /** RFC 2046 section 5.1.4: the plainest part first. */
    private MimeMultipart alternatives(Email email) throws MessagingException {
        Context model = new Context(
                Locale.ENGLISH, Map.of("name", email.recipientName(), "time", TIME.format(email.eventTime())));
        String template = "email/" + email.type().template();
        MimeBodyPart text = new MimeBodyPart();
        text.setText(templates.process(template + ".txt", model), UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(templates.process(template, model), UTF_8.name(), "html");
        return new MimeMultipart("alternative", text, html);
    }
}
