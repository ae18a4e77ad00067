package dev.herald.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;

class SlowStartTest {

    private static final String SERVICE = "post-service";

    private final SimpleDiscoveryProperties listed = new SimpleDiscoveryProperties();
    private final SimpleDiscoveryClient registry = new SimpleDiscoveryClient(listed);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private double chance;

    private final SlowStart slowStart = new SlowStart(registry, clock(() -> now), () -> chance);

    @BeforeEach
    void listAnOldInstance() {
        list(1);
        now = now.plusSeconds(3600);
    }

    @Test
    void givesANewInstanceMoreAndMore() {
        list(1, 2);

        assertThat(shareOf(2)).isEqualTo(5);
        now = now.plusSeconds(15);
        assertThat(shareOf(2)).isEqualTo(50);
        now = now.plusSeconds(15);
        assertThat(shareOf(2)).isEqualTo(100);
        assertThat(shareOf(1)).isEqualTo(100);
    }

    @Test
    void treatsAReturningInstanceAsNew() {
        list(1, 2);
        now = now.plusSeconds(3600);
        list(1);
        list(1, 2);

        assertThat(shareOf(2)).isEqualTo(5);
    }

    @Test
    void treatsAnUnseenInstanceAsNew() {
        listed.setInstances(Map.of(SERVICE, List.of(instance(1), instance(2))));

        assertThat(shareOf(2)).isEqualTo(5);
    }

    @Test
    void choosesANewInstanceIfThereIsNoOther() {
        list(2);
        chance = 0.99;

        assertThat(slowStart.among(instances())).hasSize(1);
    }

    /** Simulates a fetch of the registry. */
    private void list(int... ports) {
        listed.setInstances(Map.of(
                SERVICE, IntStream.of(ports).mapToObj(SlowStartTest::instance).toList()));
        slowStart.update();
    }

    private List<ServiceInstance> instances() {
        return registry.getInstances(SERVICE);
    }

    /** How many of a hundred requests may go to this instance. */
    private long shareOf(int port) {
        return IntStream.range(0, 100)
                .filter(request -> {
                    chance = request / 100.0;
                    return ports(slowStart.among(instances())).anyMatch(chosen -> chosen == port);
                })
                .count();
    }

    private static Stream<Integer> ports(List<ServiceInstance> instances) {
        return instances.stream().map(ServiceInstance::getPort);
    }

    private static InstanceProperties instance(int port) {
        InstanceProperties instance = new InstanceProperties();
        instance.setServiceId(SERVICE);
        instance.setHost("localhost");
        instance.setPort(port);
        return instance;
    }

    private static Clock clock(InstantSource time) {
        return time.withZone(ZoneOffset.UTC);
    }
}
