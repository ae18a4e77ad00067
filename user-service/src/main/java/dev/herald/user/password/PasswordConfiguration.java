package dev.herald.user.password;

import dev.herald.platform.observability.Traces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PasswordSettings.class)
class PasswordConfiguration {

    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    /**
     * Longer than a full queue takes, and shorter than the database's socket timeout (10 s), so that a database that
     * does not answer does not make requests wait that long.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** An implementation of Argon2id, without the queue in front of it. */
    record Hashing(String provider, PasswordEncoder encoder) {}

    @Bean
    Hashing hashing(PasswordSettings settings) {
        PasswordEncoder java = new Argon2PasswordEncoder(
                SALT_BYTES, HASH_BYTES, settings.parallelism(), settings.memory(), settings.iterations());
        return NativeArgon2.load(settings, java)
                .map(loaded -> new Hashing("native", loaded))
                .orElseGet(() -> new Hashing("java", java));
    }

    /** Not a default candidate, so that nothing else in the application uses these threads. */
    @Bean(defaultCandidate = false)
    ThreadPoolTaskExecutor hashingThreads(PasswordSettings settings) {
        ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
        threads.setCorePoolSize(settings.hashesAtATime());
        threads.setMaxPoolSize(threads.getCorePoolSize());
        threads.setQueueCapacity(settings.queue());
        threads.setWaitForTasksToCompleteOnShutdown(true);
        threads.setThreadNamePrefix("hashing-");
        return threads;
    }

    /** Admits two requests for each hashing thread, so that the thread goes on while one of them uses the database. */
    @Bean
    PasswordGate passwordGate(PasswordSettings settings) {
        return new PasswordGate(2 * settings.hashesAtATime(), settings.queue(), LONGEST_WAIT);
    }

    /** Placed directly inside the filter that turns exceptions into problem documents. */
    @Bean
    FilterRegistrationBean<FullGateFilter> fullGateFilter(PasswordGate gate) {
        FilterRegistrationBean<FullGateFilter> filter = new FilterRegistrationBean<>(new FullGateFilter(gate));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return filter;
    }

    @Bean
    PasswordEncoder passwordEncoder(
            Hashing hashing, @Qualifier("hashingThreads") ThreadPoolTaskExecutor threads, Traces traces) {
        return new QueuedPasswordEncoder(hashing.encoder(), threads, traces);
    }

    @Bean
    MeterBinder hashingMetrics(Hashing hashing) {
        return meters -> Gauge.builder("herald.password.hashing.info", () -> 1)
                .description("Which implementation hashes passwords")
                .tag("provider", hashing.provider())
                .register(meters);
    }

    @Bean
    HealthIndicator passwordHashing(Hashing hashing) {
        return () -> Health.up().withDetail("provider", hashing.provider()).build();
    }
}
