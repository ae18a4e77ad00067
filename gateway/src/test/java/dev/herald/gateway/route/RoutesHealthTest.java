package dev.herald.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;

class RoutesHealthTest {

    private final SimpleDiscoveryProperties registry = new SimpleDiscoveryProperties();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final RoutesHealth routes = new RoutesHealth(
            new Routes(routed("user-service", "post-service")), new SimpleDiscoveryClient(registry), clock(() -> now));

    @Test
    void isDownUntilEveryServiceHasAnInstance() {
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(missing()).hasToString("[user-service, post-service]");

        register("user-service");
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(missing()).hasToString("[post-service]");

        register("user-service", "post-service");
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(missing()).isEmpty();
    }

    @Test
    void staysUpWhenAServiceGoesButSaysSo() {
        register("user-service", "post-service");
        assertThat(status()).isEqualTo(Status.UP);

        register("post-service");
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(missing()).hasToString("[user-service]");

        register("user-service", "post-service");
        assertThat(missing()).isEmpty();
    }

    @Test
    void isUpWhenItHasWaitedLongEnough() {
        now = now.plus(Duration.ofSeconds(60));
        assertThat(status()).isEqualTo(Status.DOWN);

        now = now.plus(Duration.ofSeconds(1));
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(missing()).hasToString("[user-service, post-service]");
    }

    private Status status() {
        return health().getStatus();
    }

    private List<?> missing() {
        return health().getDetails().get("missing") instanceof List<?> services ? services : List.of();
    }

    private Health health() {
        return routes.health();
    }

    private void register(String... services) {
        registry.setInstances(Stream.of(services)
                .collect(Collectors.toMap(service -> service, service -> List.of(instance(service)))));
    }

    private static InstanceProperties instance(String service) {
        InstanceProperties instance = new InstanceProperties();
        instance.setServiceId(service);
        instance.setHost("localhost");
        instance.setPort(1);
        return instance;
    }

    private static GatewayProperties routed(String... services) {
        GatewayProperties gateway = new GatewayProperties();
        gateway.setRoutes(Stream.of(services)
                .map(service -> new RouteDefinition("%s=lb://%s,Path=/%s".formatted(service, service, service)))
                .toList());
        return gateway;
    }

    private static Clock clock(InstantSource time) {
        return time.withZone(ZoneOffset.UTC);
    }
}
