package dev.herald.notification.delivery;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The rate limiter and the circuit breaker {@code smtp}. The half-open breaker permits one notification at a time. */
final class SmtpPermissions {

    private static final String SMTP = "smtp";

    private final RateLimiter rate;
    private final CircuitBreaker breaker;

    /** Permissions of the rate limiter that were not used because nothing was due. */
    private final Semaphore spare = new Semaphore(0);

    SmtpPermissions(RateLimiterRegistry rates, CircuitBreakerRegistry breakers) {
        this.rate = rates.rateLimiter(SMTP);
        this.breaker = breakers.circuitBreaker(SMTP);
    }

    /** @return whether the rate limiter permitted an email in time; {@link #giveBack} must follow if none is sent */
    boolean acquireRate() {
        return spare.tryAcquire() || rate.acquirePermission();
    }

    void giveBack() {
        spare.release();
    }

    Optional<BreakerPermission> tryBreaker() {
        return breaker.tryAcquirePermission() ? Optional.of(new BreakerPermission(breaker)) : Optional.empty();
    }

    void onBreakerTransition(Runnable reaction) {
        breaker.getEventPublisher().onStateTransition(_ -> reaction.run());
    }
}
