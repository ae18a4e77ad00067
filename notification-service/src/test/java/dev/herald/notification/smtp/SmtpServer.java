package dev.herald.notification.smtp;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.annotation.PreDestroy;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.util.TestSocketUtils;

/** A real mail server, which keeps its address when a test restarts it. */
public class SmtpServer implements DynamicPropertyRegistrar {

    private final ServerSetup address =
            new ServerSetup(TestSocketUtils.findAvailableTcpPort(), "localhost", ServerSetup.PROTOCOL_SMTP);
    private final GreenMail server = new GreenMail(address);

    public SmtpServer() {
        start();
    }

    @Override
    public void accept(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.host", address::getBindAddress);
        properties.add("spring.mail.port", address::getPort);
    }

    public final void start() {
        server.start();
    }

    @PreDestroy
    public void stop() {
        server.stop();
    }

    /** Starts another server at its address; to be undone by closing that one and starting this one. */
    public ScriptedSmtp replacedBy(ScriptedSmtp.Script script) {
        stop();
        return new ScriptedSmtp(address.getPort(), script);
    }

    /** All emails that have arrived. */
    public List<MimeMessage> received() {
        return List.of(server.getReceivedMessages());
    }

    /** Waits until exactly this many emails to the address have arrived. */
    public List<MimeMessage> received(String recipient, int count) {
        return await().atMost(ofSeconds(30))
                .until(
                        () -> Stream.of(server.getReceivedMessages())
                                .filter(email -> isTo(recipient, email))
                                .toList(),
                        emails -> emails.size() == count);
    }

    public static boolean isTo(String recipient, MimeMessage email) {
        try {
            return Arrays.toString(email.getAllRecipients()).contains(recipient);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String part(MimeMessage email, int index, String type) throws MessagingException, IOException {
        BodyPart part = ((MimeMultipart) email.getContent()).getBodyPart(index);
        assertThat(part.isMimeType(type)).isTrue();
        return part.getContent().toString();
    }
}
