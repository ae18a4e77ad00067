package dev.herald.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.LeaseInfo;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.netflix.eureka.EurekaServiceInstance;

class SlowStartTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final ServiceInstance OLD = upSince(START.minusSeconds(3600));
    private static final ServiceInstance NEW = upSince(START);

    private Instant now = START;
    private double chance;

    private final SlowStart slowStart = new SlowStart(() -> now, () -> chance);

    @Test
    void givesANewInstanceMoreAndMore() {
        assertThat(shareOf(NEW)).isEqualTo(5);
        now = START.plusSeconds(15);
        assertThat(shareOf(NEW)).isEqualTo(50);
        now = START.plusSeconds(30);
        assertThat(shareOf(NEW)).isEqualTo(100);
    }

    @Test
    void takesAnInstanceThatSaysNothingOfItsAgeForOld() {
        assertThat(shareOf(new DefaultServiceInstance("1", "post-service", "localhost", 1, false)))
                .isEqualTo(100);
    }

    @Test
    void takesANewInstanceIfThereIsNoOther() {
        chance = 0.99;

        assertThat(slowStart.among(List.of(NEW))).containsExactly(NEW);
    }

    /** Of a hundred requests that may go to an old instance, how many may also go to this one. */
    private long shareOf(ServiceInstance instance) {
        return IntStream.range(0, 100)
                .filter(request -> {
                    chance = request / 100.0;
                    return slowStart.among(List.of(OLD, instance)).contains(instance);
                })
                .count();
    }

    private static ServiceInstance upSince(Instant time) {
        return new EurekaServiceInstance(InstanceInfo.Builder.newBuilder()
                .setAppName("post-service")
                .setInstanceId(time.toString())
                .setLeaseInfo(LeaseInfo.Builder.newBuilder()
                        .setServiceUpTimestamp(time.toEpochMilli())
                        .build())
                .build());
    }
}
