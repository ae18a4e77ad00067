package dev.herald.notification.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the mail server for one email at a time, opened for the first and kept for those that follow. Spring's own sender
 * opens one for each, and closes it before it says that the email was accepted.
 */
final class SmtpConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

    private final MailServer server;
    private final EmailSettings settings;
    private volatile @Nullable Thread conversing;
    private @Nullable SmtpTransport transport;

    SmtpConnection(MailServer server, EmailSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Returns when SMTP has accepted the message. The time up to the end of the data is limited as a whole, however fast each reply comes;
     * the answer to the end of the data has a limit of its own.
     *
     * @param sessionReady runs when the server has accepted everything that does not depend on the recipient
     */
    void send(MimeMessage message, Runnable sessionReady) throws DeliveryFailure {
        SmtpProgress progress = new SmtpProgress(sessionReady);
        FutureTask<Void> conversation = new FutureTask<>(() -> {
            try {
                converse(message, progress);
            } finally {
                progress.ended();
            }
            return null;
        });
        Thread thread = Thread.startVirtualThread(conversation);
        conversing = thread;
        try {
            // An interrupted virtual thread closes the socket that it reads. What was replied until then counts.
            if (!progress.awaitEndOfData(settings.deadline()) || !thread.join(settings.acceptanceTimeout())) {
                thread.interrupt();
            }
            conversation.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error fault -> throw fault;
                case Exception failure -> throw DeliveryFailure.of(progress, failure);
                case null, default -> throw DeliveryFailure.of(progress, e);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw DeliveryFailure.of(progress, e);
        } finally {
            conversing = null;
        }
    }

    /** Ends a conversation that is under way; {@link #send} then throws. */
    void abort() {
        Thread thread = conversing;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void converse(MimeMessage message, SmtpProgress progress) throws MessagingException {
        SmtpTransport open = open(progress);
        boolean sent = false;
        try {
            open.sendMessage(message, message.getAllRecipients());
            sent = true;
        } finally {
            if (!sent) {
                // The connection's state is unknown after a failure.
                close();
            }
        }
    }

    private SmtpTransport open(SmtpProgress progress) throws MessagingException {
        SmtpTransport kept = transport;
        if (kept != null) {
            kept.report(progress);
            // Asks the server, which may have closed the connection meanwhile.
            if (kept.isConnected()) {
                return kept;
            }
            close();
        }
        SmtpTransport opened = server.connect(progress);
        transport = opened;
        return opened;
    }

    boolean isOpen() {
        return transport != null;
    }

    @Override
    public void close() {
        SmtpTransport open = transport;
        transport = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException e) {
                log.debug("The mail server closed the connection first", e);
            }
        }
    }
}
