package dev.herald.platform.remote;

import dev.herald.platform.problem.LoggedFailure;
import dev.herald.platform.problem.ProblemCode;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Protects calls to one service. From the outside in: a deadline for all attempts, a limited number of concurrent
 * calls, retries of idempotent calls, and one circuit breaker, which counts each attempt. An open breaker still lets
 * calls through if the service has several instances and at least one answers.
 *
 * @param executor carries the caller's token and trace into the thread of the call
 */
record Guard(
        AsyncTaskExecutor executor,
        TimeLimiter timeLimiter,
        Bulkhead bulkhead,
        Retry retry,
        CircuitBreaker circuitBreaker,
        BooleanSupplier hasOthersThatAnswer) {

    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    /**
     * @throws HttpClientErrorException.NotFound if the called service answers 404
     * @throws SessionEnded if the called service answers that the session has ended
     * @throws ServiceUnavailable if there is no valid response in time
     */
    <T extends @Nullable Object> T call(boolean repeatable, Supplier<T> exchange) {
        Supplier<T> attempt = () -> attempt(exchange);
        Supplier<T> attempts = repeatable ? Retry.decorateSupplier(retry, attempt) : attempt;
        Supplier<T> call = Bulkhead.decorateSupplier(bulkhead, attempts);
        try {
            return timeLimiter.executeFutureSupplier(() -> executor.submit(call::get));
        } catch (HttpClientErrorException.NotFound e) {
            throw e;
        } catch (HttpClientErrorException.Unauthorized e) {
            throw saysThatTheSessionHasEnded(e) ? new SessionEnded(e) : unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailable(e);
        } catch (CallNotPermittedException | BulkheadFullException e) {
            // Not logged, because an outage causes many of these, and the metrics show them.
            throw new ServiceUnavailable(e);
        } catch (Exception e) {
            throw unavailable(e);
        }
    }

    private <T extends @Nullable Object> T attempt(Supplier<T> exchange) {
        try {
            return circuitBreaker.executeSupplier(exchange);
        } catch (CallNotPermittedException refused) {
            if (hasOthersThatAnswer.getAsBoolean()) {
                return exchange.get();
            }
            throw refused;
        }
    }

    private static boolean saysThatTheSessionHasEnded(HttpClientErrorException.Unauthorized answer) {
        return answer.getResponseBodyAsString().contains("\"" + ProblemCode.TOKEN_REVOKED + "\"");
    }

    private ServiceUnavailable unavailable(Exception cause) {
        log.warn("{} gives no answer: {}", circuitBreaker.getName(), LoggedFailure.summary(cause));
        return new ServiceUnavailable(cause);
    }
}
