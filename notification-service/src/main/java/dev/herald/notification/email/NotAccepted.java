package dev.herald.notification.email;

import jakarta.mail.MessagingException;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.core.NestedExceptionUtils;

/** SMTP did not take an email. Its message is for the email's row: the server's words may name the recipient. */
final class NotAccepted extends Exception {

    /** Whose affair it is. */
    enum Verdict {
        /** The recipient's or the email's, for good: 5yz (RFC 5321, section 4.2.1), or an address that cannot be one. */
        REFUSED,
        /** The recipient's or the email's, for a while: 4yz. */
        DEFERRED,
        /** The server's or ours, in the middle of this email: the connection broke, or the reply is one of {@link #NOBODYS}. */
        INTERRUPTED,
        /** The server's or ours, before any recipient was named. It says nothing of the email. */
        UNAVAILABLE
    }

    /**
     * Replies that speak of the server, of the conversation or of our credentials, whatever recipient they meet: RFC 5321, section 4.2.3;
     * RFC 4954, section 6; RFC 7504. 451 can be one recipient's greylisting, too: to take it for the server's costs the others a pause.
     */
    private static final Set<Integer> NOBODYS =
            Set.of(421, 432, 451, 454, 455, 500, 502, 503, 504, 521, 530, 534, 535, 538, 555);

    private static final int NO_REPLY = -1;
    private static final int LONGEST_REASON = 500;

    private final Verdict verdict;
    private final int reply;

    private NotAccepted(Verdict verdict, int reply, Throwable cause) {
        super(reason(cause), cause);
        this.verdict = verdict;
        this.reply = reply;
    }

    /** No connection, no greeting, no login, or no leave to send as who we are. */
    static NotAccepted unavailable(Throwable cause) {
        return new NotAccepted(Verdict.UNAVAILABLE, NO_REPLY, cause);
    }

    static NotAccepted refused(Throwable cause) {
        return new NotAccepted(Verdict.REFUSED, NO_REPLY, cause);
    }

    static NotAccepted deferred(Throwable cause) {
        return new NotAccepted(Verdict.DEFERRED, NO_REPLY, cause);
    }

    /** What became of a message once the connection stood. */
    static NotAccepted of(MessagingException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPAddressFailedException recipient) {
                return new NotAccepted(verdict(recipient.getReturnCode()), recipient.getReturnCode(), recipient);
            }
            if (cause instanceof SMTPSendFailedException message) {
                return message.getCommand().startsWith("MAIL ")
                        ? unavailable(message)
                        : new NotAccepted(verdict(message.getReturnCode()), message.getReturnCode(), message);
            }
        }
        return new NotAccepted(Verdict.INTERRUPTED, NO_REPLY, failure);
    }

    private static Verdict verdict(int reply) {
        if (NOBODYS.contains(reply) || reply < 400 || reply > 599) {
            return Verdict.INTERRUPTED;
        }
        return reply < 500 ? Verdict.DEFERRED : Verdict.REFUSED;
    }

    private static String reason(Throwable cause) {
        String words = NestedExceptionUtils.getMostSpecificCause(cause).toString();
        String line = words.substring(words.lastIndexOf('.', words.indexOf(':')) + 1)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return line.substring(0, Math.min(line.length(), LONGEST_REASON));
    }

    Verdict verdict() {
        return verdict;
    }

    /** Whether it says that SMTP as such does not work. */
    boolean isSmtpsFault() {
        return verdict == Verdict.INTERRUPTED || verdict == Verdict.UNAVAILABLE;
    }

    /** Whether SMTP, which works, says so of this email. */
    boolean isAnswer() {
        return reply != NO_REPLY && !isSmtpsFault();
    }

    /** For a log: nobody's address, nobody's words. */
    String summary() {
        return reply == NO_REPLY ? verdict.name() : verdict + " with " + reply;
    }
}
