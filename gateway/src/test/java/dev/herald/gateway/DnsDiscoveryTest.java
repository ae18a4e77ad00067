package dev.herald.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.discovery.EurekaClient;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** {@code HERALD_DISCOVERY=dns}, outside the profile {@code local}: without a registry, so without its password. */
@ActiveProfiles(
        profiles = {},
        inheritProfiles = false)
@TestPropertySource(properties = {"HERALD_DISCOVERY=dns", "herald.shutdown.deregistration-delay=0s"})
class DnsDiscoveryTest extends GatewayTest {

    @Autowired
    private DiscoveryClient services;

    @Autowired
    private ObjectProvider<EurekaClient> registry;

    @Test
    void findsServicesByTheirNames() {
        assertThat(services.getInstances("notification-service"))
                .extracting(ServiceInstance::getUri)
                .containsExactly(URI.create("http://notification-service:8083"));
        assertThat(registry.getIfAvailable()).isNull();
    }

    @Test
    void routesRequests() {
        http.get().uri("/api/users/7").exchange().expectStatus().isOk();
    }
}
