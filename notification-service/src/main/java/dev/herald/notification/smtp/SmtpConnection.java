package dev.herald.notification.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the mail server, opened for the first email and kept for the next ones. Spring's JavaMailSender opens one for each email
 * and waits for it to close before it reports the acceptance.
 */
public final class SmtpConnection implements AutoCloseable {

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
     * Returns when SMTP has accepted the message. One deadline covers everything up to the end of the data; the reply to the end of the data
     * has a timeout of its own.
     *
     * @param sessionReady runs when the server has accepted everything that does not depend on the recipient
     */
    public void send(MimeMessage message, Runnable sessionReady) throws DeliveryFailure {
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
            // Interrupting a virtual thread closes the socket that it reads; replies until then are kept.
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
            // Sends NOOP, because the server may have closed the connection.
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
                log.debug("The mail server has closed the connection", e);
            }
        }
    }
}
