package dev.herald.notification.email;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A permission of the circuit breaker, and what it found out about the mail server. Only the part of a conversation that does not depend
 * on the recipient counts: a recipient whose server is slow or refuses neither opens the breaker nor keeps it half open.
 */
final class ServerTrial implements AutoCloseable {

    private final CircuitBreaker breaker;
    private final long start;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** @param breaker has given a permission */
    ServerTrial(CircuitBreaker breaker) {
        this.breaker = breaker;
        this.start = breaker.getCurrentTimestamp();
    }

    void passed() {
        if (open.getAndSet(false)) {
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
        }
    }

    void failed(DeliveryFailure failure) {
        if (open.getAndSet(false)) {
            breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
        }
    }

    /** Gives the permission back if the mail server was not reached. */
    @Override
    public void close() {
        if (open.getAndSet(false)) {
            breaker.releasePermission();
        }
    }
}
