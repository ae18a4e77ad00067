package dev.herald.notification.smtp;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * SMTP did not accept an email. The message quotes the server's reply, which may name the recipient: it is stored in the row, and logged
 * only if the server is unavailable.
 */
public final class DeliveryFailure extends Exception {

    public enum Kind {
        /** Before a recipient was named: no connection, greeting, TLS or login, or the sender is refused. Concerns every email. */
        SERVER_UNAVAILABLE,
        /** A permanent reply (5yz, RFC 5321 section 4.2.1) about this recipient or message, or an address that is not valid. */
        REFUSED,
        /** The link has expired, or its token cannot be decrypted. SMTP was not contacted. */
        NOT_SENDABLE,
        /**
         * Concerns this email only, and is tried again: a transient reply, a permanent reply about the session after a recipient was named, no
         * reply before the end of the data, or a message that cannot be written.
         */
        DEFERRED,
        /** No valid answer to the end of the data: SMTP may deliver the message. */
        UNANSWERED
    }

    static final int NO_REPLY = -1;

    /** Permanent replies about the session or the credentials (RFC 5321, section 4.2.3; RFC 4954, section 6; RFC 7504). */
    private static final Set<Integer> ABOUT_THE_SESSION = Set.of(500, 502, 503, 504, 521, 530, 534, 535, 538, 555);

    private static final int LONGEST_REASON = 500;

    private final Kind kind;
    private final int reply;

    private DeliveryFailure(Kind kind, int reply, String reason, @Nullable Throwable cause) {
        super(singleLine(reason), cause);
        this.kind = kind;
        this.reply = reply;
    }

    public static DeliveryFailure beforeSending(Kind kind, Throwable cause) {
        return new DeliveryFailure(kind, NO_REPLY, reason(cause), cause);
    }

    public static DeliveryFailure notSendable(String reason) {
        return new DeliveryFailure(Kind.NOT_SENDABLE, NO_REPLY, reason, null);
    }

    static DeliveryFailure of(SmtpProgress progress, Throwable cause) {
        int reply = progress.refusal();
        String text = progress.text();
        return new DeliveryFailure(kind(progress.phase(), reply), reply, text.isBlank() ? reason(cause) : text, cause);
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
        String text = NestedExceptionUtils.getMostSpecificCause(cause).toString();
        return text.substring(text.lastIndexOf('.', text.indexOf(':')) + 1);
    }

    private static String singleLine(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.substring(0, Math.min(line.length(), LONGEST_REASON));
    }

    public Kind kind() {
        return kind;
    }

    public boolean isUnanswered() {
        return kind == Kind.UNANSWERED;
    }

    /** For a log: without the reply's text, which may hold an address. */
    public String summary() {
        return reply == NO_REPLY ? kind.name() : kind + " with " + reply;
    }
}
