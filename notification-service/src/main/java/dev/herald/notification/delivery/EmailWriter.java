package dev.herald.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Writes an email's message. The name, which a stranger may have chosen, stands in the greeting only, and only if it can form neither a
 * link nor a paragraph.
 */
@Component
class EmailWriter {

    /** When it happened. The recipient's own time zone is not known. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * Words of letters, marks and digits, between spaces, hyphens and apostrophes. A dot follows a single letter, an initial, and is not
     * followed by a word: mail programs make a link of {@code t.co}.
     */
    private static final Pattern GREETABLE = Pattern.compile("""
            (?x)
            (?= .* [\\p{L}\\p{Nd}] )
            (?: (?<! [\\p{L}\\p{M}\\p{Nd}'] ) \\p{L} \\p{M}* \\. (?= \\p{L} \\p{M}* (?: [\\p{Zs}.-] | \\z ) | [\\p{Zs}-] | \\z )
              | [\\p{L}\\p{M}\\p{Nd}\\p{Zs}'-]
            )+""");

    private final Session session = Session.getInstance(new Properties());
    private final ITemplateEngine templates;
    private final EmailSettings settings;
    private final Clock clock;

    EmailWriter(ITemplateEngine templates, EmailSettings settings, Clock clock) {
        this.templates = templates;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws AddressException if the recipient's address cannot be one */
    MimeMessage write(DueEmail email) throws MessagingException {
        MimeMessage message = new Identified(session, "<%s@%s>".formatted(email.eventId(), settings.domain()));
        message.setFrom(settings.sender());
        message.setRecipient(Message.RecipientType.TO, address(email.recipient()));
        message.setSubject(email.subject(), UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // RFC 3834: no vacation notices in return, please.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", Locale.ENGLISH.toLanguageTag());
        message.setContent(alternatives(email));
        message.saveChanges();
        return message;
    }

    /**
     * One bare mailbox. Without SMTPUTF8 (RFC 6531), which not every server knows, there are ASCII addresses alone; Jakarta Mail
     * would cut other characters down to eight bits, and so write to somebody else.
     */
    private static InternetAddress address(String recipient) throws AddressException {
        if (!recipient.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new AddressException("The address is not plain ASCII");
        }
        InternetAddress address = new InternetAddress();
        address.setAddress(recipient);
        address.validate();
        if (address.isGroup()) {
            throw new AddressException("The address is a group");
        }
        return address;
    }

    /** RFC 2046 section 5.1.4: the plainest part first. */
    private MimeMultipart alternatives(DueEmail email) throws MessagingException {
        Context model = new Context(Locale.ENGLISH);
        model.setVariable("time", TIME.format(email.eventTime()));
        if (isGreetable(email.recipientName())) {
            model.setVariable("name", email.recipientName());
        }
        String template = "email/" + email.type().template();
        MimeBodyPart text = new MimeBodyPart();
        text.setText(canonical(templates.process(template + ".txt", model)), UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(canonical(templates.process(template, model)), UTF_8.name(), "html");
        return new MimeMultipart("alternative", text, html);
    }

    static boolean isGreetable(String name) {
        return GREETABLE.matcher(name).matches();
    }

    /** Lines end with CRLF before they are encoded (RFC 2045, section 6.8); Jakarta Mail does not see to it in Base64. */
    private static String canonical(String text) {
        return text.replaceAll("(?<!\r)\n", "\r\n");
    }

    /** Has the Message-ID that it is given; Jakarta Mail would make one up, and ask DNS for this machine's name to do so. */
    private static final class Identified extends MimeMessage {

        private final String messageId;

        Identified(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
