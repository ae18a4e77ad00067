package dev.herald.gateway.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeoutException;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The callers' token buckets, in Redis, shared by all gateways. A gateway spends a few tokens from a local copy before
 * it asks Redis again, which saves round trips. A caller that uses several gateways at once may exceed its limit by
 * these tokens.
 */
@Component
class TokenBuckets {

    private static final Logger log = LoggerFactory.getLogger(TokenBuckets.class);

    private static final int SHARE = 20;

    /** Not longer than the circuit breaker stays open, so that its trial calls reach Redis. */
    private static final Duration COPY_KEPT_FOR = Duration.ofSeconds(1);

    private static final int CALLERS_REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);

    private final CircuitBreaker breaker;
    private final Mono<AsyncProxyManager<byte[]>> redis;
    private final Cache<String, AsyncBucketProxy> buckets = Caffeine.newBuilder()
            .maximumSize(CALLERS_REMEMBERED)
            .expireAfterAccess(REMEMBERED_FOR)
            .build();

    TokenBuckets(
            LettuceConnectionFactory connections, CircuitBreakerRegistry breakers, DataRedisProperties properties) {
        this.breaker = breakers.circuitBreaker("redis");
        this.redis = Mono.fromCallable(() -> connect(connections, Objects.requireNonNull(properties.getTimeout())))
                .subscribeOn(Schedulers.boundedElastic())
                .cache(connected -> Duration.ofMillis(Long.MAX_VALUE), failed -> Duration.ZERO, () -> Duration.ZERO);
    }

    private static AsyncProxyManager<byte[]> connect(LettuceConnectionFactory connections, Duration timeout) {
        RedisClient client = (RedisClient) connections.getRequiredNativeClient();
        return Bucket4jLettuce.casBasedBuilder(client.connect(ByteArrayCodec.INSTANCE))
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
                .requestTimeout(timeout)
                .build()
                .asAsync();
    }

    /** Takes a token. Empty while Redis is unavailable, because requests are not limited then. */
    Mono<ConsumptionProbe> spend(Budget budget) {
        return Mono.fromFuture(
                () -> breaker.executeCompletionStage(() ->
                                consume(budget).exceptionallyCompose(failure -> replaceUnreadable(budget, failure)))
                        .exceptionally(TokenBuckets::noProbe)
                        .toCompletableFuture(),
                true);
    }

    private CompletableFuture<ConsumptionProbe> consume(Budget budget) {
        return bucket(budget).thenCompose(bucket -> bucket.tryConsumeAndReturnRemaining(1));
    }

    /**
     * Deletes a bucket that cannot be read, so that a full one replaces it. Otherwise its caller would have no limit,
     * and the failures would open the circuit breaker for all callers.
     */
    private CompletionStage<ConsumptionProbe> replaceUnreadable(Budget budget, Throwable failure) {
        if (!isUnreadable(failure)) {
            return CompletableFuture.failedFuture(failure);
        }
        log.warn(
                "A rate limit bucket cannot be read and is replaced by a full one ({})",
                failure.getClass().getName());
        String key = budget.key();
        buckets.invalidate(key);
        return redis.flatMap(manager -> Mono.fromFuture(manager.removeProxy(key.getBytes(UTF_8))))
                .toFuture()
                .thenCompose(removed -> consume(budget));
    }

    /** Whether the stored bucket is invalid. Other failures mean that Redis is unavailable, slow, full or a replica. */
    private static boolean isUnreadable(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisCommandExecutionException refused
                ? String.valueOf(refused.getMessage()).startsWith("WRONGTYPE")
                : !(cause instanceof RedisException
                        || cause instanceof TimeoutException
                        || cause instanceof java.util.concurrent.TimeoutException
                        || cause instanceof CancellationException);
    }

    /** Returns null instead of an error, because Reactor would log an error that arrives after the client has disconnected. */
    private static @Nullable ConsumptionProbe noProbe(Throwable failure) {
        log.debug("Redis is unavailable: the request is not rate limited", failure);
        return null;
    }

    private CompletableFuture<AsyncBucketProxy> bucket(Budget budget) {
        String key = budget.key();
        AsyncBucketProxy known = buckets.getIfPresent(key);
        return known != null
                ? CompletableFuture.completedFuture(known)
                : redis.map(manager -> buckets.get(key, unknown -> bucket(manager, unknown, budget.limit())))
                        .toFuture()
                        .thenApply(Objects::requireNonNull);
    }

    private static AsyncBucketProxy bucket(AsyncProxyManager<byte[]> manager, String key, Limit limit) {
        DelayParameters copy = new DelayParameters(Math.max(1, limit.burst() / SHARE), COPY_KEPT_FOR);
        return manager.builder()
                .withOptimization(Optimizations.delaying(copy))
                .build(key.getBytes(UTF_8), () -> CompletableFuture.completedFuture(limit.bucket()));
    }
}
