package dev.herald.notification.smtp;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The progress of one SMTP conversation, on which the meaning of a failure depends. */
final class SmtpProgress {

    enum Phase {
        /** Connection, greeting, TLS, login and {@code MAIL}: the same for every email. */
        SESSION,
        /** {@code RCPT}, {@code DATA} and the data: a failure concerns this email only, which is not delivered. */
        RECIPIENT,
        /** The end of the data is sent: without a reply SMTP may or may not deliver the email. */
        ACCEPTANCE
    }

    private final Runnable sessionReady;
    private final CountDownLatch dataEnded = new CountDownLatch(1);
    private volatile Phase phase = Phase.SESSION;
    private volatile int refusal = DeliveryFailure.NO_REPLY;
    private volatile String text = "";

    /** @param sessionReady runs when the server has accepted everything that does not depend on the recipient */
    SmtpProgress(Runnable sessionReady) {
        this.sessionReady = sessionReady;
    }

    void recipientFollows() {
        enter(Phase.RECIPIENT);
        sessionReady.run();
    }

    void endOfDataFollows() {
        enter(Phase.ACCEPTANCE);
        dataEnded.countDown();
    }

    private void enter(Phase next) {
        refusal = DeliveryFailure.NO_REPLY;
        text = "";
        phase = next;
    }

    /** Keeps the first negative reply of a phase; the later ones belong to the clean-up. */
    void replied(int code, String replyText) {
        if (text.isEmpty() && (code < 200 || code > 399)) {
            refusal = code;
            text = replyText;
        }
    }

    void ended() {
        dataEnded.countDown();
    }

    /** @return whether the end of the data, or of the conversation, was reached in time */
    boolean awaitEndOfData(Duration limit) throws InterruptedException {
        return dataEnded.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    Phase phase() {
        return phase;
    }

    int refusal() {
        return refusal;
    }

    String text() {
        return text;
    }
}
