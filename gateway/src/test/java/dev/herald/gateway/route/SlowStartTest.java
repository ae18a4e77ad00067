package dev.herald.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

class SlowStartTest {

    private static final ServiceInstance OLD = instance("old.example");
    private static final ServiceInstance NEW = instance("new.example");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private double chance;

    private final SlowStart slowStart = new SlowStart(() -> now, () -> chance);

    @Test
    void givesANewInstanceMoreAndMore() {
        slowStart.among(List.of(OLD));

        assertThat(shareOfTheNew()).isEqualTo(5);
        now = now.plusSeconds(15);
        assertThat(shareOfTheNew()).isEqualTo(50);
        now = now.plusSeconds(15);
        assertThat(shareOfTheNew()).isEqualTo(100);
    }

    @Test
    void takesWhoeverWasThereFirstForQuick() {
        assertThat(shareOfTheNew()).isEqualTo(100);
    }

    @Test
    void takesWhoeverComesBackForNew() {
        shareOfTheNew();
        slowStart.among(List.of(OLD));

        assertThat(shareOfTheNew()).isEqualTo(5);
    }

    @Test
    void takesANewInstanceIfThereIsNoOther() {
        slowStart.among(List.of(OLD));
        chance = 0.99;

        assertThat(slowStart.among(List.of(NEW))).containsExactly(NEW);
    }

    /** Of a hundred requests that may go to the old one, how many may also go to the new one. */
    private long shareOfTheNew() {
        return IntStream.range(0, 100)
                .filter(request -> {
                    chance = request / 100.0;
                    return slowStart.among(List.of(OLD, NEW)).contains(NEW);
                })
                .count();
    }

    private static ServiceInstance instance(String host) {
        return new DefaultServiceInstance(host, "post-service", host, 80, false);
    }
}
