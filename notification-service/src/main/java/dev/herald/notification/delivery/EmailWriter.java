package dev.herald.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.notification.link.Links;
import dev.herald.notification.smtp.EmailSettings;
import dev.herald.platform.jwe.UnreadableJwe;
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
 * Writes the message of a notification. The recipient's name may be chosen by an attacker, so the greeting contains it
 * only if mail programs cannot make a link of it.
 */
@Component
class EmailWriter {

    /** UTC, because the recipient's time zone is unknown. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * Words of letters, marks and digits, separated by spaces, hyphens and apostrophes. A dot may only follow an initial, and no word may
     * follow it directly, because mail programs make a link of {@code t.co}.
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
    private final Links links;
    private final Clock clock;

    EmailWriter(ITemplateEngine templates, EmailSettings settings, Links links, Clock clock) {
        this.templates = templates;
        this.settings = settings;
        this.links = links;
        this.clock = clock;
    }

    /**
     * @throws AddressException if the recipient's address is not valid
     * @throws UnreadableJwe if the token of the link cannot be decrypted
     */
    MimeMessage write(DueNotification email) throws MessagingException {
        MimeMessage message = new MessageWithId(session, "<%s@%s>".formatted(email.eventId(), settings.domain()));
        message.setFrom(settings.sender());
        message.setRecipient(Message.RecipientType.TO, address(email.recipient()));
        message.setSubject(email.subject(), UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // RFC 3834: prevents automatic replies.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", Locale.ENGLISH.toLanguageTag());
        message.setContent(alternatives(email));
        message.saveChanges();
        return message;
    }

    /** ASCII only, because not every server supports SMTPUTF8 (RFC 6531) and Jakarta Mail would truncate other characters to 8 bits. */
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

    /** RFC 2046, section 5.1.4: the plainest part first. */
    private MimeMultipart alternatives(DueNotification email) throws MessagingException {
        Context model = new Context(Locale.ENGLISH);
        model.setVariable("subject", email.subject());
        model.setVariable("time", TIME.format(email.eventTime()));
        if (isGreetable(email.recipientName())) {
            model.setVariable("name", email.recipientName());
        }
        addLink(model, email);
        String template = "email/" + email.type().template();
        MimeBodyPart text = new MimeBodyPart();
        text.setText(canonical(templates.process(template + ".txt", model)), UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(canonical(templates.process(template, model)), UTF_8.name(), "html");
        return new MimeMultipart("alternative", text, html);
    }

    /** Decrypts the token here, so that only the message contains it in plain text. */
    private void addLink(Context model, DueNotification email) {
        if (email.secret() != null && email.secretExpiresAt() != null) {
            model.setVariable("link", links.to(email.type().page().orElseThrow(), email.secret()));
            model.setVariable("expiry", TIME.format(email.secretExpiresAt()));
        }
    }

    static boolean isGreetable(String name) {
        return GREETABLE.matcher(name).matches();
    }

    /** CRLF line ends before the encoding (RFC 2045, section 6.8), which Jakarta Mail does not ensure in Base64. */
    private static String canonical(String text) {
        return text.replaceAll("(?<!\r)\n", "\r\n");
    }

    /** Sets the given Message-ID. Jakarta Mail would generate one from this machine's name, with a DNS query. */
    private static final class MessageWithId extends MimeMessage {

        private final String messageId;

        MessageWithId(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
