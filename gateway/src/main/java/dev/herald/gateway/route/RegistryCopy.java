package dev.herald.gateway.route;

import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * The instances of one service, as the registry's copy in this process has them. Spring's own supplier asks the same copy, but
 * as it would a distant registry: with a timeout for every request.
 */
record RegistryCopy(DiscoveryClient registry, String serviceId) implements ServiceInstanceListSupplier {

    @Override
    public String getServiceId() {
        return serviceId;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return Flux.just(registry.getInstances(serviceId));
    }
}
