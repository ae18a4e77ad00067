package dev.herald.notification.delivery;

import dev.herald.notification.smtp.DeliveryFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.atomic.AtomicBoolean;

/** A permission of the circuit breaker. Counts the SMTP session only: one slow domain must not open the breaker. */
final class BreakerPermission implements AutoCloseable {

    private final CircuitBreaker breaker;
    private final long start;
    private final AtomicBoolean open = new AtomicBoolean(true);

    BreakerPermission(CircuitBreaker breaker) {
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

    /** Releases the permission if the mail server was not reached. */
    @Override
    public void close() {
        if (open.getAndSet(false)) {
            breaker.releasePermission();
        }
    }
}
