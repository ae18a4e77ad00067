package dev.herald.platform.housekeeping;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@AutoConfiguration(
        afterName = {
            "dev.herald.platform.inbox.InboxAutoConfiguration",
            "dev.herald.platform.idempotency.IdempotencyAutoConfiguration"
        })
@ConditionalOnBean(Purge.class)
@EnableScheduling
class HousekeepingAutoConfiguration {

    @Bean
    Housekeeping housekeeping(
            List<Purge> purges,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            MeterRegistry meters) {
        return new Housekeeping(purges, jdbc, new TransactionTemplate(transactions), clock, meters);
    }
}
