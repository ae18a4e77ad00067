package dev.herald.gateway.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.springframework.web.util.UriUtils;

/**
 * An email in the local mail server.
 *
 * @param address of the mailbox
 * @param uid the email's number in the mailbox
 * @param source the message (RFC 5322)
 * @param text the plain text part; may be empty
 * @param html the HTML part; may be empty
 */
record ReceivedMail(
        String address,
        String uid,
        String source,
        String subject,
        Instant sentAt,
        List<Field> headers,
        String text,
        String html) {

    record Field(String name, String value) {}

    private static final Session NO_SERVER = Session.getInstance(new Properties());

    static ReceivedMail of(String address, String uid, String source) {
        try {
            MimeMessage message = new MimeMessage(NO_SERVER, new ByteArrayInputStream(source.getBytes(UTF_8)));
            return new ReceivedMail(
                    address,
                    uid,
                    source,
                    Optional.ofNullable(message.getSubject()).orElse("(no subject)"),
                    Optional.ofNullable(message.getSentDate())
                            .map(Date::toInstant)
                            .orElse(Instant.EPOCH),
                    Collections.list(message.getAllHeaders()).stream()
                            .map(ReceivedMail::field)
                            .toList(),
                    content(message, "text/plain").orElse(""),
                    content(message, "text/html").orElse(""));
        } catch (MessagingException | IOException e) {
            return new ReceivedMail(address, uid, source, "(unreadable)", Instant.EPOCH, List.of(), source, "");
        }
    }

    private static Field field(Header header) {
        return new Field(header.getName(), header.getValue());
    }

    private static Optional<String> content(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of(String.valueOf(part.getContent()));
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Optional<String> found = content(parts.getBodyPart(i), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The path of the email's page. The address is a query parameter, because it may contain a slash. */
    String page() {
        return "/inbox/mail?" + parameters();
    }

    String htmlPage() {
        return "/inbox/html?" + parameters();
    }

    private String parameters() {
        return "address=%s&uid=%s".formatted(UriUtils.encode(address, UTF_8), UriUtils.encode(uid, UTF_8));
    }

    boolean hasHtml() {
        return !html.isEmpty();
    }
}
