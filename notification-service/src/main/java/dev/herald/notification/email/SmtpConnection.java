package dev.herald.notification.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.StringUtils;

/**
 * One thread's connection to SMTP, made when an email is to be sent and kept for those that follow. Spring's own sender makes one for
 * each, and hangs up before it says that the email was accepted.
 */
final class SmtpConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

    private final JavaMailSenderImpl settings;
    private final Duration limit;
    private @Nullable Transport transport;

    /** @param limit of a whole conversation about an email; the settings' own are each for one reply */
    SmtpConnection(JavaMailSenderImpl settings, Duration limit) {
        this.settings = settings;
        this.limit = limit;
    }

    /** Returns when SMTP has accepted the message. One that takes too long is hung up on, however promptly each reply comes. */
    void send(MimeMessage message) throws NotAccepted {
        FutureTask<Void> conversation = new FutureTask<>(() -> {
            converse(message);
            return null;
        });
        Thread talking = Thread.startVirtualThread(conversation);
        try {
            if (!talking.join(limit)) {
                // A virtual thread that is interrupted closes the socket at which it waits. What was said until then
                // counts.
                talking.interrupt();
            }
            conversation.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case NotAccepted failure -> throw failure;
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw NotAccepted.deferred(e);
            }
        } catch (InterruptedException e) {
            talking.interrupt();
            Thread.currentThread().interrupt();
            throw NotAccepted.deferred(e);
        }
    }

    private void converse(MimeMessage message) throws NotAccepted {
        Transport open = open();
        try {
            open.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            // In what state it is nobody knows.
            hangUp();
            throw NotAccepted.of(e);
        }
    }

    private Transport open() throws NotAccepted {
        // Asks the server, which may have hung up meanwhile.
        if (transport != null && transport.isConnected()) {
            return transport;
        }
        hangUp();
        try {
            Transport opened = transport(settings.getSession(), settings.getProtocol());
            opened.connect(
                    settings.getHost(),
                    settings.getPort(),
                    given(settings.getUsername()),
                    given(settings.getPassword()));
            transport = opened;
            return opened;
        } catch (MessagingException e) {
            throw NotAccepted.unavailable(e);
        }
    }

    private static Transport transport(Session session, @Nullable String protocol) throws MessagingException {
        return protocol == null ? session.getTransport() : session.getTransport(protocol);
    }

    /** An environment variable may be there and empty. */
    private static @Nullable String given(@Nullable String value) {
        return StringUtils.hasLength(value) ? value : null;
    }

    /** The next email makes a new one. */
    void hangUp() {
        Transport open = transport;
        transport = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException e) {
                log.debug("SMTP hung up first", e);
            }
        }
    }

    @Override
    public void close() {
        hangUp();
    }
}
