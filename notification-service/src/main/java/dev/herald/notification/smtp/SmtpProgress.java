package dev.herald.notification.email;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How far the conversation about one email has come: what a failure in it means depends on that. */
final class SmtpProgress {

    enum Phase {
        /** Connection, greeting, TLS, login and {@code MAIL}: the same for every email. */
        SESSION,
        /** {@code RCPT}, {@code DATA} and the data: what fails here concerns this email, and SMTP must not deliver it. */
        RECIPIENT,
        /** The end of the data is sent: without an answer SMTP may or may not deliver the email. */
        ACCEPTANCE
    }

    private final Runnable sessionReady;
    private final CountDownLatch dataEnded = new CountDownLatch(1);
    private volatile Phase phase = Phase.SESSION;
    private volatile int refusal = DeliveryFailure.NO_REPLY;
    private volatile String words = "";

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
        words = "";
        phase = next;
    }

    /** Keeps the first reply of the phase that is neither positive nor intermediate; what follows it is the clean-up. */
    void replied(int code, String text) {
        if (words.isEmpty() && (code < 200 || code > 399)) {
            refusal = code;
            words = text;
        }
    }

    /** The conversation is over. */
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

    /** The reply code of the refusal, or {@link DeliveryFailure#NO_REPLY}. */
    int refusal() {
        return refusal;
    }

    /** The server's words of the refusal, or empty. */
    String words() {
        return words;
    }
}
