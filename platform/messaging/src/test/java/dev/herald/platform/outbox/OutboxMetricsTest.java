package dev.herald.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

class OutboxMetricsTest {

    private final AtomicInteger attempts = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    /** Prometheus gives a scrape up, and takes the service for dead, after ten seconds; each attempt takes two. */
    @Test
    void waitForAnUnavailableDatabaseOnceInAScrape() {
        assertThat(new OutboxMetrics(new JdbcTemplate(new Unavailable()), clock, meters))
                .isNotNull();

        scrape();
        assertThat(attempts).hasValue(1);

        now = now.plus(Duration.ofSeconds(15));
        scrape();
        assertThat(attempts).hasValue(2);
    }

    private void scrape() {
        for (Meter meter : meters.getMeters()) {
            if (meter instanceof Gauge gauge) {
                assertThat(gauge.value()).isNaN();
            }
        }
    }

    private final class Unavailable extends AbstractDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            attempts.incrementAndGet();
            throw new SQLTransientConnectionException("Connection is not available, request timed out");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
