package dev.herald.platform.redis;

import dev.herald.platform.observability.Traces;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.metrics.MicrometerCommandLatencyRecorder;
import io.lettuce.core.metrics.MicrometerOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Makes the Redis client refuse commands while it is disconnected, and try to reconnect at least every second; Boot has
 * no properties for these.
 */
@AutoConfiguration(
        beforeName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ClientResources.class, LettuceClientOptionsBuilderCustomizer.class})
class RedisAutoConfiguration {

    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);

    @Bean
    LettuceClientOptionsBuilderCustomizer refuseCommandsWhileDisconnected() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(
                Delay.exponential(1, LONGEST_RECONNECT_DELAY.toMillis(), TimeUnit.MILLISECONDS, 2));
    }

    /** Measures commands with a timer only. Boot would also make a span for each command, and commands are many and short. */
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    ClientResourcesBuilderCustomizer timeCommands(MeterRegistry meters) {
        return resources -> resources.commandLatencyRecorder(
                new MicrometerCommandLatencyRecorder(meters, MicrometerOptions.create()));
    }

    /** The circuit breaker's settings are {@code resilience4j.circuitbreaker.instances.redis}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CircuitBreakerRegistry.class)
    static class Guarded {

        @Bean
        @Lazy
        @ConditionalOnMissingBean
        OptionalRedis optionalRedis(StringRedisTemplate redis, CircuitBreakerRegistry breakers, Traces traces) {
            return new OptionalRedis(redis, breakers.circuitBreaker("redis"), traces);
        }
    }
}
