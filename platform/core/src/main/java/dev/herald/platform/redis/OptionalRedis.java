package dev.herald.platform.redis;

import dev.herald.platform.observability.Traces;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Access to Redis for work that can be left out. The circuit breaker keeps requests from waiting for a Redis that does not answer. */
public final class OptionalRedis {

    private static final Logger log = LoggerFactory.getLogger(OptionalRedis.class);

    private final StringRedisTemplate redis;
    private final CircuitBreaker breaker;
    private final Traces traces;

    OptionalRedis(StringRedisTemplate redis, CircuitBreaker breaker, Traces traces) {
        this.redis = redis;
        this.breaker = breaker;
        this.traces = traces;
    }

    /** Returns the command's result, or that of {@code otherwise} if Redis is unavailable or slow. */
    public <T extends @Nullable Object> T call(Function<StringRedisTemplate, T> command, Supplier<T> otherwise) {
        try {
            return breaker.executeSupplier(() -> traces.span("redis", () -> command.apply(redis)));
        } catch (DataAccessException | CallNotPermittedException e) {
            log.debug("Redis is unavailable: continuing without it", e);
            return otherwise.get();
        }
    }
}
