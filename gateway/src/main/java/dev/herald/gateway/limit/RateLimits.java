package dev.herald.gateway.limit;

import io.github.bucket4j.ConsumptionProbe;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Takes a token for each request and reports the remaining tokens in {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers-10), with {@code Retry-After} when the bucket is empty.
 */
@Component
@EnableConfigurationProperties(LimitSettings.class)
public class RateLimits {

    /** Patterns, because the routes match several spellings of a path, such as one with percent-encoded letters. */
    private static final List<PathPattern> CREDENTIALS = Stream.of("/api/auth/login", "/api/auth/refresh")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    /** The prefix of an IPv6 address that one subscriber usually gets: /64. */
    private static final int NETWORK_BYTES = 8;

    private final TokenBuckets buckets;
    private final LimitSettings limits;

    RateLimits(TokenBuckets buckets, LimitSettings limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    /**
     * @param user the caller's id, if known
     * @return empty, or the error {@code 429} if the bucket is empty
     */
    public Mono<Void> spend(ServerWebExchange exchange, @Nullable String user) {
        Budget budget = budget(exchange.getRequest(), user);
        return buckets.spend(budget)
                .flatMap(left -> report(exchange.getResponse().getHeaders(), budget.limit(), left));
    }

    private Budget budget(ServerHttpRequest request, @Nullable String user) {
        if (isCredentials(request.getPath())) {
            return new Budget("credentials", limits.credentials(), addressOf(request));
        }
        return user == null
                ? new Budget("anonymous", limits.anonymous(), addressOf(request))
                : new Budget("signed-in", limits.signedIn(), user);
    }

    private static boolean isCredentials(PathContainer path) {
        return CREDENTIALS.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** Reads the host string, because an address from {@code X-Forwarded-For} is unresolved and has no {@link InetAddress}. */
    private static String addressOf(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        if (remote == null) {
            return "unknown";
        }
        return InetAddress.ofLiteral(remote.getHostString()) instanceof Inet6Address v6
                ? HexFormat.of().formatHex(v6.getAddress(), 0, NETWORK_BYTES)
                : remote.getHostString();
    }

    private static Mono<Void> report(HttpHeaders headers, Limit limit, ConsumptionProbe left) {
        headers.set("RateLimit-Policy", "\"default\";q=" + limit.burst() + ";w=" + limit.window());
        headers.set(
                "RateLimit",
                "\"default\";r=" + left.getRemainingTokens() + ";t=" + seconds(left.getNanosToWaitForReset()));
        return left.isConsumed() ? Mono.empty() : Mono.error(new RateLimited(seconds(left.getNanosToWaitForRefill())));
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }
}
