package dev.herald.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final RetryBudget budget = new RetryBudget(clock(() -> now));

    @Test
    void isAFifthOfTheRequests() {
        request(100);

        assertThat(spent(100)).isEqualTo(20);
    }

    @Test
    void isOfTheLastTenSeconds() {
        request(50);
        now = now.plusSeconds(9);
        request(50);
        assertThat(spent(100)).isEqualTo(20);

        now = now.plusSeconds(9);
        request(100);
        // 150 requests and 20 retries.
        assertThat(spent(100)).isEqualTo(10);

        now = now.plusSeconds(60);
        request(100);
        assertThat(spent(100)).isEqualTo(20);
    }

    @Test
    void leavesAFewWhereThereAreFewRequests() {
        request(1);

        assertThat(spent(10)).isEqualTo(RetryBudget.LEAST);
    }

    private void request(int count) {
        IntStream.range(0, count).forEach(request -> budget.countRequest());
    }

    private long spent(int tries) {
        return IntStream.range(0, tries).filter(retry -> budget.spend()).count();
    }

    private static Clock clock(InstantSource time) {
        return time.withZone(ZoneOffset.UTC);
    }
}
