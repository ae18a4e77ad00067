package dev.herald.notification.email;

import java.util.Set;
import org.springframework.core.NestedExceptionUtils;

/**
 * SMTP did not accept an email. The message holds the server's words, which may name the recipient: it belongs into the email's row,
 * and into no log unless the server is unavailable.
 */
final class DeliveryFailure extends Exception {

    enum Kind {
        /** Before any recipient was named: no connection, greeting, TLS or login, or the sender is refused. Concerns every email. */
        SERVER_UNAVAILABLE,
        /** A permanent reply (5yz, RFC 5321 section 4.2.1) about this recipient or message, or an address that is not valid. */
        REFUSED,
        /** A transient reply about this recipient or message, or none before the end of the data. */
        DEFERRED,
        /** No valid answer to the end of the data: SMTP may deliver the message. */
        UNANSWERED
    }

    static final int NO_REPLY = -1;

    /**
     * Permanent replies that speak of the session or of our credentials, not of the recipient: RFC 5321 section 4.2.3, RFC 4954
     * section 6, RFC 7504.
     */
    private static final Set<Integer> ABOUT_THE_SESSION = Set.of(500, 502, 503, 504, 521, 530, 534, 535, 538, 555);

    private static final int LONGEST_REASON = 500;

    private final Kind kind;
    private final int reply;

    private DeliveryFailure(Kind kind, int reply, String reason, Throwable cause) {
        super(singleLine(reason), cause);
        this.kind = kind;
        this.reply = reply;
    }

    /** The email cannot be written; nothing was sent. */
    static DeliveryFailure beforeSending(Kind kind, Throwable cause) {
        return new DeliveryFailure(kind, NO_REPLY, reason(cause), cause);
    }

    /** The conversation ended with this failure. */
    static DeliveryFailure of(SmtpProgress progress, Throwable cause) {
        int reply = progress.refusal();
        String words = progress.words();
        return new DeliveryFailure(
                kind(progress.phase(), reply), reply, words.isBlank() ? reason(cause) : words, cause);
    }

    private static Kind kind(SmtpProgress.Phase phase, int reply) {
        if (phase == SmtpProgress.Phase.SESSION) {
            return Kind.SERVER_UNAVAILABLE;
        }
        if (reply >= 500 && reply <= 599) {
            return ABOUT_THE_SESSION.contains(reply) ? Kind.DEFERRED : Kind.REFUSED;
        }
        boolean answered = reply >= 400 && reply <= 499;
        return phase == SmtpProgress.Phase.ACCEPTANCE && !answered ? Kind.UNANSWERED : Kind.DEFERRED;
    }

    private static String reason(Throwable cause) {
        String words = NestedExceptionUtils.getMostSpecificCause(cause).toString();
        // Without the package of the exception.
        return words.substring(words.lastIndexOf('.', words.indexOf(':')) + 1);
    }

    private static String singleLine(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.substring(0, Math.min(line.length(), LONGEST_REASON));
    }

    Kind kind() {
        return kind;
    }

    boolean isUnanswered() {
        return kind == Kind.UNANSWERED;
    }

    /** For a log: no address and none of the server's words. */
    String summary() {
        return reply == NO_REPLY ? kind.name() : kind + " with " + reply;
    }
}
