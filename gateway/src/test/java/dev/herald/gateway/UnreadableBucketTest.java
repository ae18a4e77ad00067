package dev.herald.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.TestTokens;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;

class UnreadableBucketTest extends GatewayTest {

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private CircuitBreakerRegistry breakers;

    private final UUID user = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "no bucket at all, and longer than one"})
    void beginsAnew(String value) {
        redis.opsForValue().set(key(), value);

        assertThatTheUserIsLimited();
    }

    @Test
    void beginsAnewWhereItIsNoString() {
        redis.opsForList().leftPush(key(), "x");

        assertThatTheUserIsLimited();
    }

    private void assertThatTheUserIsLimited() {
        long failures = failures();
        anonymous
                .get()
                .uri("/api/users")
                .header("Authorization", TestTokens.bearer(user))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("RateLimit", "\"default\";r=199;t=1");
        assertThat(failures()).isEqualTo(failures);
    }

    private long failures() {
        return breakers.circuitBreaker("redis").getMetrics().getNumberOfFailedCalls();
    }

    private String key() {
        return "herald:limit:signed-in:10:200:" + user;
    }
}
