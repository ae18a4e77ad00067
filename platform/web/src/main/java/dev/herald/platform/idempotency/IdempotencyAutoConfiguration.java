package dev.herald.platform.idempotency;

import dev.herald.platform.housekeeping.Purge;
import dev.herald.platform.migration.PlatformMigrations;
import dev.herald.platform.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@AutoConfiguration(
        afterName = {
            "dev.herald.platform.secret.SecretAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration"
        },
        beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnProperty("herald.idempotency.enabled")
class IdempotencyAutoConfiguration {

    private static final Duration RETENTION = Duration.ofHours(24);

    @Bean
    FlywayConfigurationCustomizer idempotencyMigrations() {
        return PlatformMigrations.at("db/idempotency");
    }

    @Bean
    Purge idempotencyPurge() {
        return new Purge("idempotency", "created_at < ?", RETENTION);
    }

    @Bean
    @ConditionalOnMissingBean
    Idempotency idempotency(
            JdbcClient sql, Secret secret, PlatformTransactionManager transactions, JsonMapper json, Clock clock) {
        return new Idempotency(
                new StoredAnswers(sql),
                secret.keyFor("idempotency", "HmacSHA256"),
                new TransactionTemplate(transactions),
                json,
                clock);
    }
}
