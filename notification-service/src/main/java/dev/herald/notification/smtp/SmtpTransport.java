package dev.herald.notification.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Angus Mail's transport, which reports its progress. */
final class SmtpTransport extends SMTPTransport {

    private SmtpProgress progress;

    SmtpTransport(Session session, SmtpProgress progress) {
        super(session, new URLName("smtp", null, -1, null, null, null));
        this.progress = progress;
    }

    void report(SmtpProgress next) {
        progress = next;
    }

    @Override
    protected void rcptTo() throws MessagingException {
        progress.recipientFollows();
        super.rcptTo();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        progress.endOfDataFollows();
        super.finishData();
    }

    /** Called in place of {@link #finishData} if {@code mail.smtp.chunksize} turns on CHUNKING (RFC 3030). */
    @Override
    protected void finishBdat() throws IOException, MessagingException {
        progress.endOfDataFollows();
        super.finishBdat();
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        int code = super.readServerResponse();
        progress.replied(code, getLastServerResponse());
        return code;
    }
}
